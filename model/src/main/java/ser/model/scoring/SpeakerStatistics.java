package ser.model.scoring;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import ser.features.audio.UnreadableAudioException;
import ser.model.Window;
import ser.model.Windowing;
import ser.model.file.ModelInput;
import ser.model.input.Normaliser;

/**
 * The first of two passes over a recording, for a model that is normalised by speaker: whose voice
 * it is, before what he feels. Memory is that of one window and of one pair of numbers per row of
 * the input, whatever the length of the recording.
 *
 * <p>Windows overlap, and each moment counts once: a window is passed over if it begins before the
 * last one that counted has ended. So the statistics do not depend on the step of the windows, as
 * long as it divides their length.
 *
 * <p>Statistics are made stretch by stretch and added up in time, which makes them the same bits
 * whether a recording is read in one go or in slices that begin with a stretch. A stretch is
 * {@value #STRETCH_WINDOWS} windows long, 6.4 minutes with windows of 3 s. It knows nothing of the
 * others, so a window that reaches over its end is passed over too.
 */
public final class SpeakerStatistics {
  private static final int STRETCH_WINDOWS = 128;

  private final ModelInput input;
  private final SpeechDetector gate;
  private final WindowFeatures features;

  /**
   * @param gate which windows are speech
   * @param features of the same model
   */
  public SpeakerStatistics(ModelInput input, SpeechDetector gate, WindowFeatures features) {
    this.input = input;
    this.gate = gate;
    this.features = features;
  }

  /** Length of a stretch, in samples at the model's rate. */
  public static long stretchSamples(Windowing windowing) {
    return (long) STRETCH_WINDOWS * windowing.windowSamples();
  }

  /**
   * Reads one channel to its end.
   *
   * @return what all of its windows are normalised by
   * @throws UnreadableAudioException if the recording's bytes are wrong somewhere
   * @throws IOException if the storage fails
   */
  public Normaliser normaliser(RecordingWindows windows)
      throws IOException, UnreadableAudioException {
    HeardSpeech heard = new HeardSpeech(input.inputSpec().allRows());
    stretches(windows, heard::merge);
    return heard.normaliser(input);
  }

  /**
   * Reads a slice that begins with a stretch.
   *
   * @param sink receives what was heard in each stretch with speech, in time
   * @throws UnreadableAudioException if the recording's bytes are wrong somewhere
   * @throws IOException if the storage fails
   */
  public void stretches(RecordingWindows windows, Consumer<HeardSpeech> sink)
      throws IOException, UnreadableAudioException {
    long stretchSamples = stretchSamples(windows.windowing());
    HeardSpeech heard = new HeardSpeech(input.inputSpec().allRows());
    long stretchEnd = 0;
    long countedUntil = 0;
    for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
      SampledWindow sampled = next.get();
      Window window = sampled.window();
      if (window.startSample() >= stretchEnd) {
        give(heard, sink);
        heard = new HeardSpeech(input.inputSpec().allRows());
        stretchEnd = (window.startSample() / stretchSamples + 1) * stretchSamples;
      }
      if (window.startSample() >= countedUntil
          && window.endSample() <= stretchEnd
          && gate.passes(sampled)) {
        heard.add(features.cut(sampled), sampled.endS() - sampled.startS());
        countedUntil = window.endSample();
      }
    }
    give(heard, sink);
  }

  private static void give(HeardSpeech heard, Consumer<HeardSpeech> sink) {
    if (heard.seconds() > 0) {
      sink.accept(heard);
    }
  }
}
