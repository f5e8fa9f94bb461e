package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.model.Window;
import ser.model.file.ModelInput;

class WindowFeaturesTest {
  private static final ModelInput INPUT = Plans.librosa();
  private static final int RATE_HZ = 22_050;

  /** Three seconds less 102 samples: what 130 frames see. */
  private static final int WINDOW = 66_048;

  private static final int HOP = WINDOW / 2;

  @ParameterizedTest(name = "window {0}, seed {0}")
  @ValueSource(ints = {0, 1, 2, 5})
  void givenThreeSeconds_whenTheyStandInALongerRecording_thenTheInputIsTheSameToTheLastBit(int at)
      throws Exception {
    float[] three = noise(WINDOW, at, 0.1f);
    // Louder before and after: the decibels of the window must not refer to it.
    float[] recording = noise(8 * HOP, 100 + at, 1f);
    System.arraycopy(three, 0, recording, at * HOP, WINDOW);
    RecordingWindows windows = new RecordingWindows(new ArrayStream(recording), Plans.plan(INPUT));
    SampledWindow inside = windows.next().orElseThrow();
    for (int i = 0; i < at; i++) {
      inside = windows.next().orElseThrow();
    }

    float[] input = new WindowFeatures(INPUT).of(inside);

    assertThat(inside.window().startSample()).isEqualTo((long) at * HOP);
    assertThat(Arrays.equals(input, alone(three))).as("equal to the last bit").isTrue();
  }

  @Test
  void givenAnExtractorThatWasUsedBefore_whenAsked_thenItRemembersNothing() {
    WindowFeatures features = new WindowFeatures(INPUT);
    float[] three = noise(WINDOW, 1, 0.1f);
    features.of(window(noise(WINDOW, 2, 1f)));
    features.of(window(noise(1_000, 3, 1f)));

    assertThat(Arrays.equals(features.of(window(three)), alone(three)))
        .as("equal to the last bit")
        .isTrue();
  }

  @Test
  void givenAnInput_whenItIsChanged_thenTheNextIsNot() {
    WindowFeatures features = new WindowFeatures(INPUT);
    float[] three = noise(WINDOW, 1, 0.1f);
    float[] first = features.of(window(three));
    float[] copy = first.clone();

    Arrays.fill(first, 0);

    assertThat(features.of(window(three))).isEqualTo(copy);
  }

  @Test
  void givenAWindow_whenItsInputIsMade_thenItHasTheNetworksShapeAndIsNormalised() {
    float[] input = alone(new float[WINDOW]);

    // Silence is -100 dB; mean -40, deviation 20.
    assertThat(input).hasSize(128 * 130).containsOnly(-3f);
  }

  @Test
  void givenAShortRecording_whenItsInputIsMade_thenTheRestIsSilence() {
    float[] input = alone(noise(RATE_HZ / 2, 1, 0.5f));

    assertThat(input).hasSize(128 * 130);
    for (int band = 0; band < 128; band++) {
      assertThat(input[band * 130 + 129])
          .as("last frame of band %d", band)
          .isEqualTo(input[129])
          .isLessThan(input[band * 130 + 10]);
    }
  }

  private static float[] alone(float[] samples) {
    return new WindowFeatures(INPUT).of(window(samples));
  }

  private static SampledWindow window(float[] samples) {
    return new SampledWindow(new Window(0, samples.length), samples, RATE_HZ);
  }

  private static float[] noise(int samples, long seed, float level) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = level * (2 * random.nextFloat() - 1);
    }
    return noise;
  }

  /** Samples that are there. */
  private static final class ArrayStream implements AudioStream {
    private final float[] samples;
    private int given;

    private ArrayStream(float[] samples) {
      this.samples = samples;
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat("wav", "pcm_f32le", RATE_HZ, 1);
    }

    @Override
    public int read(float[] interleaved) {
      int count = Math.min(interleaved.length, samples.length - given);
      System.arraycopy(samples, given, interleaved, 0, count);
      given += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public Optional<RejectionReason> defect() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
