package ser.model.scoring;

import java.io.IOException;
import java.util.Optional;
import ser.features.audio.UnreadableAudioException;
import ser.model.file.ModelInput;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;

/**
 * The first of two passes over a recording, for a model that is normalised by speaker: whose voice
 * it is, before what he feels. Memory is that of one window and of one pair of numbers per row of
 * the input, whatever the length of the recording.
 *
 * <p>Windows overlap, and each moment counts once: a window is passed over if it begins before the
 * last one that counted has ended. So the statistics do not depend on the step of the windows, as
 * long as it divides their length.
 */
public final class SpeakerStatistics {
  private final ModelInput input;
  private final LevelGate gate;
  private final WindowFeatures features;

  /**
   * @param gate which windows are speech
   * @param features of the same model
   */
  public SpeakerStatistics(ModelInput input, LevelGate gate, WindowFeatures features) {
    this.input = input;
    this.gate = gate;
    this.features = features;
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
    NormaliserStatistics statistics = new NormaliserStatistics(input.inputSpec().allRows());
    double speechS = 0;
    double countedUntilS = 0;
    for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
      SampledWindow window = next.get();
      if (window.startS() >= countedUntilS && gate.passes(window)) {
        statistics.add(features.cut(window));
        speechS += window.endS() - window.startS();
        countedUntilS = window.endS();
      }
    }
    return input.normalisation().of(input.normaliser(), statistics, speechS);
  }
}
