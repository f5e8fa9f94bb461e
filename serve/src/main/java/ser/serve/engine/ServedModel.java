package ser.serve.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.model.file.ModelFile;
import ser.model.scoring.ChannelScorer;
import ser.model.scoring.RecordingSummary;
import ser.model.scoring.ScoredWindow;
import ser.model.scoring.Segment;
import ser.model.scoring.Segmentation;
import ser.model.scoring.SpeechDetector;
import ser.model.scoring.WindowPlan;

/** A model that is loaded, for use by many threads. */
public final class ServedModel implements AutoCloseable {
  /** Batches that run at once; submit/ser gives each of them half of the cores. */
  private static final int NETWORKS = 2;

  /** As ser.score.smoothing-windows. */
  private static final int SMOOTHING_WINDOWS = 3;

  private final String id;
  private final String name;
  private final ModelFile model;
  private final double abstainBelow;
  private final WindowPlan plan;
  private final WindowBatcher batcher;

  /** One for each request that ran at the same time: their buffers are worth keeping. */
  private final Queue<Scorer> scorers = new ConcurrentLinkedQueue<>();

  private record Scorer(ChannelScorer scorer, BatchedClassifier classifier) {}

  /**
   * Loads the network.
   *
   * @param name of its file, for eyes
   * @param abstainBelow least probability of an emotion that is named, from 0 to 1
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public ServedModel(String name, ModelFile model, double abstainBelow) {
    Queue<SizedNetworks> networks = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < NETWORKS; i++) {
      networks.add(new SizedNetworks(model));
    }
    this.id = model.modelId();
    this.name = name;
    this.model = model;
    this.abstainBelow = abstainBelow;
    this.plan = WindowPlan.of(model.input(), OptionalDouble.empty(), OptionalDouble.empty());
    this.batcher = new WindowBatcher(id, NETWORKS, networks::remove);
  }

  /** As in the tables. */
  public String id() {
    return id;
  }

  /** Of its file, without folders. */
  public String name() {
    return name;
  }

  public ModelFile file() {
    return model;
  }

  /** Probability below which it is not sure. */
  public double abstainBelow() {
    return abstainBelow;
  }

  ModelResult score(Upload upload) throws IOException, UnreadableAudioException {
    Scorer kept = scorers.poll();
    Scorer scorer = kept == null ? newScorer(upload.deadline()) : kept;
    scorer.classifier.until(upload.deadline());
    List<ScoredWindow> windows = new ArrayList<>();
    RecordingSummary.Builder builder = new RecordingSummary.Builder();
    Optional<RejectionReason> defect =
        scorer.scorer.score(
            upload::open,
            window -> {
              windows.add(window);
              builder.add(window);
            });
    scorers.add(scorer);
    RecordingSummary summary = builder.build();
    List<Segment> segments = new ArrayList<>();
    new Segmentation(model.labels(), SMOOTHING_WINDOWS, abstainBelow)
        .of(windows.iterator())
        .forEachRemaining(segments::add);
    return new ModelResult(
        this, Verdict.of(summary, model, abstainBelow), summary, windows, segments, defect);
  }

  private Scorer newScorer(Deadline deadline) {
    BatchedClassifier classifier = new BatchedClassifier(model.labels(), batcher, deadline);
    return new Scorer(
        new ChannelScorer(plan, model.scores(), SpeechDetector.standard(), () -> classifier),
        classifier);
  }

  @Override
  public void close() {
    batcher.close();
  }
}
