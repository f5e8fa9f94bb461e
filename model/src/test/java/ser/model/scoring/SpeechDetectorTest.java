package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Serialised;
import ser.model.Window;

class SpeechDetectorTest {
  private static final int RATE_HZ = 8_000;
  private static final double LEVEL_DBFS = -30;

  private final SpeechDetector detector = SpeechDetector.standard();

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 22_050, 44_100})
  void givenAVoice_whenAsked_thenItIsSpeechAndNoiseHumAndClicksAreNot(int rateHz) {
    Random random = new Random(3);

    assertThat(passes(rateHz, voice(rateHz, 100))).as("low voice").isTrue();
    assertThat(passes(rateHz, voice(rateHz, 300))).as("high voice").isTrue();
    assertThat(passes(rateHz, i -> random.nextGaussian())).as("white noise").isFalse();
    assertThat(passes(rateHz, sine(rateHz, 50))).as("mains in Europe").isFalse();
    assertThat(passes(rateHz, sine(rateHz, 60))).as("mains in America").isFalse();
    assertThat(passes(rateHz, i -> i % (rateHz / 4) == 0 ? 1 : 0)).as("clicks").isFalse();
    assertThat(passes(rateHz, i -> 1)).as("an offset").isFalse();
    assertThat(passes(rateHz, i -> 0)).as("nothing").isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 22_050})
  void givenAVoiceInNoiseOfHalfItsPower_whenAsked_thenItIsSpeech(int rateHz) {
    Random random = new Random(3);
    IntToDoubleFunction voice = voice(rateHz, 120);

    assertThat(passes(rateHz, i -> voice.applyAsDouble(i) + 0.6 * random.nextGaussian())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-40, -39.5, true", "-40, -40.5, false", "0, -1, false", "-100, -90, true"})
  void givenALevel_whenTheVoiceIsAboveOrBelow_thenItCounts(
      double limit, double level, boolean speech) {
    SpeechDetector strict = new SpeechDetector(limit, 150, 3_250, 0.2);

    assertThat(strict.passes(window(RATE_HZ, atLevel(level, 8_000, voice(RATE_HZ, 120)))))
        .isEqualTo(speech);
  }

  @Test
  void givenAVoiceWithAnOffset_whenAsked_thenTheOffsetDoesNotMatter() {
    float[] voice = atLevel(LEVEL_DBFS, 8_000, voice(RATE_HZ, 120));
    for (int i = 0; i < voice.length; i++) {
      voice[i] += 0.5f;
    }

    assertThat(detector.passes(window(RATE_HZ, voice))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.15, false", "0.25, true"})
  void givenLittleSpeech_whenAsked_thenItsSecondsDecide(double seconds, boolean speech) {
    float[] samples = new float[3 * RATE_HZ];
    float[] voice = atLevel(LEVEL_DBFS, (int) (seconds * RATE_HZ), voice(RATE_HZ, 120));
    System.arraycopy(voice, 0, samples, RATE_HZ, voice.length);

    assertThat(detector.passes(window(RATE_HZ, samples))).isEqualTo(speech);
  }

  @Test
  void givenSpeechInTwoPieces_whenAsked_thenTheyAreAddedUp() {
    float[] samples = new float[3 * RATE_HZ];
    float[] voice = atLevel(LEVEL_DBFS, (int) (0.14 * RATE_HZ), voice(RATE_HZ, 120));
    System.arraycopy(voice, 0, samples, 0, voice.length);
    System.arraycopy(voice, 0, samples, 2 * RATE_HZ, voice.length);

    assertThat(detector.passes(window(RATE_HZ, samples))).isTrue();
  }

  @Test
  void givenAShortWindow_whenHalfOfItIsSpeech_thenThatIsEnough() {
    float[] samples = new float[(int) (0.2 * RATE_HZ)];
    float[] voice = atLevel(LEVEL_DBFS, (int) (0.14 * RATE_HZ), voice(RATE_HZ, 120));
    System.arraycopy(voice, 0, samples, 0, voice.length);

    assertThat(detector.passes(window(RATE_HZ, samples))).isTrue();
  }

  @Test
  void givenLessThanAFrame_whenAsked_thenThereIsNoSpeech() {
    float[] samples = new float[100];
    Arrays.fill(samples, 0.5f);

    assertThat(detector.passes(window(RATE_HZ, samples))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 150, 3250, 0.2, NaN",
    "0.1, 150, 3250, 0.2, 0.1",
    "-55, -1, 3250, 0.2, -1.0",
    "-55, 200, 200, 0.2, 200.0",
    "-55, 180, NaN, 0.2, NaN",
    "-55, 150, 3250, -0.2, -0.2",
    "-55, 150, 3250, Infinity, Infinity"
  })
  void givenAnImpossibleRule_whenMade_thenItIsRefused(
      double level, double least, double most, double seconds, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeechDetector(level, least, most, seconds))
        .withMessageContaining(named);
  }

  @Test
  void givenADetector_whenItTravels_thenItIsEqual() {
    assertThat(Serialised.copyOf(detector)).isEqualTo(detector);
  }

  private boolean passes(int rateHz, IntToDoubleFunction signal) {
    return detector.passes(window(rateHz, atLevel(LEVEL_DBFS, 3 * rateHz, signal)));
  }

  /** Harmonics that fall off as those of a voice do. */
  private static IntToDoubleFunction voice(int rateHz, double pitchHz) {
    return i -> {
      double sum = 0;
      for (int harmonic = 1; harmonic * pitchHz < 3_400; harmonic++) {
        sum += Math.sin(2 * Math.PI * harmonic * pitchHz * i / rateHz) / harmonic;
      }
      return sum;
    };
  }

  private static IntToDoubleFunction sine(int rateHz, double hz) {
    return i -> Math.sin(2 * Math.PI * hz * i / rateHz);
  }

  private static float[] atLevel(double dbfs, int length, IntToDoubleFunction signal) {
    double[] values = new double[length];
    Arrays.setAll(values, signal);
    double power = Arrays.stream(values).map(value -> value * value).sum() / Math.max(1, length);
    double gain = power == 0 ? 0 : Math.pow(10, dbfs / 20) / Math.sqrt(power);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (gain * values[i]);
    }
    return samples;
  }

  private static SampledWindow window(int rateHz, float[] samples) {
    return new SampledWindow(new Window(0, samples.length), samples, rateHz);
  }
}
