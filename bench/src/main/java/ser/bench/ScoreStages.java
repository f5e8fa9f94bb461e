package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.features.audio.AudioStream;
import ser.features.audio.RecordingReader;
import ser.features.audio.UnreadableAudioException;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.network.WindowClassifier;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.RecordingWindows;
import ser.model.scoring.SampledWindow;
import ser.model.scoring.ScoringEngine;
import ser.model.scoring.WindowFeatures;
import ser.model.scoring.WindowPlan;

/**
 * What scoring is made of, without a job around it: decoding with resampling, features, network,
 * each by its own time, on as many threads as a job has tasks. Compiled code only: the first
 * windows are not counted.
 */
@Command(name = "score-stages", mixinStandardHelpOptions = true)
final class ScoreStages implements Callable<Integer> {
  private static final int UNCOUNTED = 1_000;
  private static final double WINDOW_S = 3;
  private static final double HOP_S = 1.5;

  @Parameters(paramLabel = "ARCHIVE", description = "recordings; channel 0 is read")
  private Path archive;

  @Option(names = "--model", required = true)
  private Path model;

  @Option(names = "--engine")
  private String engine = "dl4j";

  @Option(names = "--workers", description = "threads (default: ${DEFAULT-VALUE})")
  private int workers = 2;

  @Option(names = "--windows", description = "that a thread counts (default: ${DEFAULT-VALUE})")
  private int windows = 2_000;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/score-stages", new ScoreStages()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ModelFileException {
    ModelFile file = ModelFile.read(Files.readAllBytes(model), model.toString());
    List<Path> recordings = Recordings.under(archive, 0);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Worker>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        Worker worker = new Worker(file);
        int first = i * recordings.size() / workers;
        running.add(threads.submit(() -> worker.over(recordings, first)));
      }
      double audioS = 0;
      double decodeS = 0;
      double featuresS = 0;
      double networkS = 0;
      for (Future<Worker> each : running) {
        Worker done = each.get();
        audioS += done.audioS;
        decodeS += done.decodeNanos / 1e9;
        featuresS += done.featuresNanos / 1e9;
        networkS += done.networkNanos / 1e9;
      }
      ObjectNode line = new ObjectMapper().createObjectNode();
      line.put("audio_s", audioS);
      line.put("decode_s", decodeS).put("features_s", featuresS).put("network_s", networkS);
      line.put("wall_s", (decodeS + featuresS + networkS) / workers);
      System.out.println(line);
      return 0;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread failed: " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private final class Worker {
    private final WindowPlan plan;
    private final ModelFile file;
    private final WindowFeatures features;
    private final List<float[]> batch = new ArrayList<>();
    private double audioS;
    private long decodeNanos;
    private long featuresNanos;
    private long networkNanos;
    private int seen;

    Worker(ModelFile file) {
      this.file = file;
      this.plan =
          WindowPlan.of(file.input(), OptionalDouble.of(WINDOW_S), OptionalDouble.of(HOP_S));
      this.features = new WindowFeatures(file.input());
    }

    /** Goes round the recordings until it has seen enough windows. */
    Worker over(List<Path> recordings, int first) throws IOException, UnreadableAudioException {
      try (WindowClassifier classifier = ScoringEngine.ofLabel(engine).classifier(file, 1)) {
        for (int i = first; seen < UNCOUNTED + windows; i++) {
          over(recordings.get(i % recordings.size()), classifier);
        }
      }
      return this;
    }

    private void over(Path recording, WindowClassifier classifier)
        throws IOException, UnreadableAudioException {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording), 1 << 16);
          AudioStream audio = RecordingReader.builtIn().open(in)) {
        CoveredAudio covered = new CoveredAudio();
        RecordingWindows cut = new RecordingWindows(ChannelChoice.stream(audio, 0), plan);
        while (seen < UNCOUNTED + windows) {
          long start = System.nanoTime();
          Optional<SampledWindow> window = cut.next();
          long decoded = System.nanoTime();
          if (window.isEmpty()) {
            return;
          }
          batch.add(features.of(window.get()));
          long computed = System.nanoTime();
          if (batch.size() == WindowClassifier.BATCH) {
            classifier.probabilities(batch);
            batch.clear();
          }
          long scored = System.nanoTime();
          double addedS = covered.addedS(window.get());
          if (++seen > UNCOUNTED) {
            audioS += addedS;
            decodeNanos += decoded - start;
            featuresNanos += computed - decoded;
            networkNanos += scored - computed;
          }
        }
      }
    }
  }
}
