package ser.model.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.model.file.ModelInput;
import ser.model.input.Normaliser;
import ser.model.network.WindowClassifier;
import ser.model.output.ScoreNormalisation;

/**
 * Scores recordings one after the other, without a job: the same windows and probabilities as
 * {@code ser score}. Memory is that of one batch of windows, whatever the length of a recording; of
 * a model whose scores are normalised by speaker, a few numbers for each window besides. Not for
 * use by several threads at once.
 */
public final class ChannelScorer {
  /** Windows without speech wait behind one with speech; this many do not. */
  private static final int MOST_WAITING = 8 * WindowClassifier.BATCH;

  private final WindowPlan plan;
  private final ScoreNormalisation scores;
  private final SpeechDetector gate;
  private final WindowFeatures features;
  private final Supplier<? extends WindowClassifier> classifier;

  /** One channel of a recording, which can be read again from its beginning. */
  @FunctionalInterface
  public interface Channel {
    /**
     * @return one channel, to be closed by the caller
     * @throws UnreadableAudioException if this is no recording, or names no channel of it
     * @throws IOException if the storage fails
     */
    AudioStream open() throws IOException, UnreadableAudioException;
  }

  /**
   * @param plan how recordings are cut, of the classifier's model
   * @param scores what becomes of a speaker's probabilities, of the same model
   * @param gate which windows are speech
   * @param classifier asked for at the first window with speech, so that it may load meanwhile;
   *     always the same one
   */
  public ChannelScorer(
      WindowPlan plan,
      ScoreNormalisation scores,
      SpeechDetector gate,
      Supplier<? extends WindowClassifier> classifier) {
    this.plan = plan;
    this.scores = scores;
    this.gate = gate;
    this.features = new WindowFeatures(plan.input());
    this.classifier = classifier;
  }

  /**
   * Scores one channel. A model that is normalised by speaker reads it twice.
   *
   * @param sink receives the windows in time, as they are scored: some may have been given when
   *     this throws. If scores are normalised by speaker, all at the end
   * @return what was wrong with a recording that could be read in part; empty for a whole one
   * @throws UnreadableAudioException if the recording's bytes are wrong somewhere
   * @throws IOException if the storage fails
   */
  public Optional<RejectionReason> score(Channel channel, Consumer<ScoredWindow> sink)
      throws IOException, UnreadableAudioException {
    if (!scores.bySpeaker()) {
      return scoreAsHeard(channel, sink);
    }
    List<ScoredWindow> windows = new ArrayList<>();
    Optional<RejectionReason> defect = scoreAsHeard(channel, windows::add);
    normalised(windows).forEach(sink);
    return defect;
  }

  private List<ScoredWindow> normalised(List<ScoredWindow> windows) {
    ChannelScores ofChannel = new ChannelScores();
    for (ScoredWindow window : windows) {
      if (window.speech()) {
        ofChannel.add(window.startS(), window.endS(), floats(window.probabilities()));
      }
    }
    Iterator<float[]> normalised = ofChannel.normalised(scores).iterator();
    return windows.stream()
        .map(
            window ->
                window.speech()
                    ? new ScoredWindow(window.startS(), window.endS(), doubles(normalised.next()))
                    : window)
        .toList();
  }

  private Optional<RejectionReason> scoreAsHeard(Channel channel, Consumer<ScoredWindow> sink)
      throws IOException, UnreadableAudioException {
    Normaliser normaliser = normaliserOf(channel);
    try (AudioStream mono = channel.open()) {
      plan.requireServes(mono.format().sampleRateHz());
      RecordingWindows windows = new RecordingWindows(mono, plan);
      Waiting waiting = new Waiting(sink);
      for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
        SampledWindow window = next.get();
        waiting.add(
            window,
            gate.passes(window) ? Optional.of(features.of(window, normaliser)) : Optional.empty());
      }
      waiting.flush();
      return mono.defect();
    }
  }

  private Normaliser normaliserOf(Channel channel) throws IOException, UnreadableAudioException {
    ModelInput input = plan.input();
    if (!input.bySpeaker()) {
      return input.normaliser();
    }
    try (AudioStream mono = channel.open()) {
      plan.requireServes(mono.format().sampleRateHz());
      return new SpeakerStatistics(input, gate, features)
          .normaliser(new RecordingWindows(mono, plan));
    }
  }

  /** Windows on their way to the sink, in time. */
  private final class Waiting {
    private final Consumer<ScoredWindow> sink;
    private final List<SampledPlace> places = new ArrayList<>();
    private final List<float[]> inputs = new ArrayList<>();

    private Waiting(Consumer<ScoredWindow> sink) {
      this.sink = sink;
    }

    private void add(SampledWindow window, Optional<float[]> input) {
      places.add(new SampledPlace(window.startS(), window.endS(), input.isPresent()));
      input.ifPresent(inputs::add);
      if (inputs.size() == WindowClassifier.BATCH || places.size() == MOST_WAITING) {
        flush();
      }
    }

    private void flush() {
      float[][] scores = inputs.isEmpty() ? new float[0][] : classifier.get().probabilities(inputs);
      int scored = 0;
      for (SampledPlace place : places) {
        sink.accept(
            new ScoredWindow(
                place.startS(),
                place.endS(),
                place.speech() ? doubles(scores[scored++]) : List.of()));
      }
      places.clear();
      inputs.clear();
    }
  }

  private record SampledPlace(double startS, double endS, boolean speech) {}

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static List<Double> doubles(float[] values) {
    List<Double> doubles = new ArrayList<>(values.length);
    for (float value : values) {
      doubles.add((double) value);
    }
    return doubles;
  }
}
