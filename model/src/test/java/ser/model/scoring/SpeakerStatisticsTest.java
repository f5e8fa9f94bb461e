package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.model.Window;
import ser.model.file.ModelInput;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;

class SpeakerStatisticsTest {
  private static final int RATE_HZ = 8_000;

  /** 15 frames of 80 samples: 0.14 s. */
  private static final int WINDOW = 1_120;

  private static final double WINDOW_S = (double) WINDOW / RATE_HZ;

  /** Noise stands for speech here. */
  private static final SpeechDetector GATE = new SpeechDetector(-55, 0, RATE_HZ, 0.02);

  @Test
  void givenSpeechAndSilence_whenRead_thenOnlySpeechCountsAndEachMomentOnce() throws Exception {
    // Two windows of noise, two of silence, one of noise; steps of half a window.
    float[] samples = new float[5 * WINDOW];
    System.arraycopy(NoiseStream.whole(2 * WINDOW, 1), 0, samples, 0, 2 * WINDOW);
    System.arraycopy(NoiseStream.whole(WINDOW, 2), 0, samples, 4 * WINDOW, WINDOW);
    ModelInput input = input(new Normalisation.Speaker(1, Deviation.BLENDED));
    WindowFeatures features = new WindowFeatures(input);
    NormaliserStatistics expected = new NormaliserStatistics(input.inputSpec().allRows());
    // The window of half noise and half silence at 1.5 begins before that at 1 has ended; so does
    // that of half silence at 3.5, which is speech, and the one at 4 begins within it.
    for (double at : new double[] {0, 1, 3.5}) {
      int from = (int) (at * WINDOW);
      expected.add(
          features.cut(
              new SampledWindow(
                  new Window(from, from + WINDOW),
                  Arrays.copyOfRange(samples, from, from + WINDOW),
                  RATE_HZ)));
    }

    Normaliser normaliser = normaliser(input, samples, WINDOW_S / 2);

    assertThat(normaliser)
        .isEqualTo(input.normalisation().of(input.normaliser(), expected, 3 * WINDOW_S));
    assertThat(normaliser).isNotEqualTo(input.normaliser());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7})
  void givenOtherStepsBetweenWindows_whenRead_thenTheStatisticsAreTheSame(int stepsPerWindow)
      throws Exception {
    ModelInput input = input(new Normalisation.Speaker(5, Deviation.BLENDED));
    float[] samples = NoiseStream.whole(20 * WINDOW, 3);

    assertThat(normaliser(input, samples, WINDOW_S / stepsPerWindow))
        .isEqualTo(normaliser(input, samples, WINDOW_S));
  }

  @Test
  void givenSilence_whenRead_thenItIsNormalisedByTheTrainingSet() throws Exception {
    ModelInput input = input(new Normalisation.Speaker(0, Deviation.BLENDED));

    assertThat(normaliser(input, new float[5 * WINDOW], WINDOW_S)).isEqualTo(input.normaliser());
  }

  @Test
  void givenMuchSpeech_whenNormalised_thenItsOwnMeanIsNearlyZero() throws Exception {
    ModelInput input = input(new Normalisation.Speaker(1, Deviation.BLENDED));
    float[] samples = NoiseStream.whole(1000 * WINDOW, 4);
    Normaliser own = normaliser(input, samples, WINDOW_S);

    float[] values =
        new WindowFeatures(input)
            .of(
                new SampledWindow(new Window(0, WINDOW), Arrays.copyOf(samples, WINDOW), RATE_HZ),
                own);

    double mean = 0;
    for (float value : values) {
      mean += value / values.length;
    }
    assertThat(mean).isCloseTo(0, within(0.2));
  }

  @Test
  void givenAModelBySpeaker_whenNobodyMeasuredHim_thenItDoesNotScore() {
    WindowFeatures features =
        new WindowFeatures(input(new Normalisation.Speaker(1, Deviation.BLENDED)));

    assertThatIllegalStateException()
        .isThrownBy(
            () -> features.of(new SampledWindow(new Window(0, WINDOW), new float[WINDOW], RATE_HZ)))
        .withMessageContaining("normalised by speaker");
  }

  private static Normaliser normaliser(ModelInput input, float[] samples, double hopS)
      throws Exception {
    RecordingWindows windows =
        new RecordingWindows(new Samples(samples), Plans.plan(input, WINDOW_S, hopS));
    return new SpeakerStatistics(input, GATE, new WindowFeatures(input)).normaliser(windows);
  }

  private static ModelInput input(Normalisation rule) {
    ModelInput corpus = Plans.telephone();
    return new ModelInput(corpus.featureSpec(), corpus.inputSpec(), corpus.normaliser(), rule);
  }

  /** All at once. */
  private static final class Samples implements AudioStream {
    private final float[] samples;
    private int given;

    Samples(float[] samples) {
      this.samples = samples;
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat("wav", "pcm_f32le", RATE_HZ, 1);
    }

    @Override
    public int read(float[] interleaved) {
      if (given == samples.length) {
        return -1;
      }
      int count = Math.min(interleaved.length, samples.length - given);
      System.arraycopy(samples, given, interleaved, 0, count);
      given += count;
      return count;
    }

    @Override
    public Optional<RejectionReason> defect() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
