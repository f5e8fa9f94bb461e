package ser.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.features.FeatureMatrix;

class WindowInputTest {
  private final WindowInput input = new WindowInput(2, 3, 80);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @Test
  void givenExactlyTheFrames_whenCut_thenNothingChanges() {
    assertThat(input.of(new float[] {-1, -2, -3, -4, -5, -6}, 3))
        .containsExactly(-1, -2, -3, -4, -5, -6);
  }

  @Test
  void givenMoreFrames_whenCut_thenTheCentreRemains() {
    // 6 frames, 3 kept: from frame (6 - 3) / 2 = 1 on.
    float[] logMel = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};
    assertThat(input.of(logMel, 6)).containsExactly(1, 2, 3, 11, 12, 13);
  }

  @Test
  void givenFewerFrames_whenCut_thenSilenceFollows() {
    assertThat(input.of(new float[] {-10, -30}, 1)).containsExactly(-10, -90, -90, -30, -90, -90);
  }

  @Test
  void givenSoftSound_whenPadded_thenSilenceIsNotBelowThatOfZeros() {
    // The loudest is -50 dB: top_db would allow -130, and zeros give -100.
    assertThat(input.of(new float[] {-50, -60}, 1))
        .containsExactly(-50, -100, -100, -60, -100, -100);
  }

  @Test
  void givenLoudSoundOutsideTheCentre_whenCut_thenTopDbRefersToTheCentre() {
    float[] logMel = {0, -20, -20, -20, 0, -80, -101, -99, -80, -80};
    assertThat(input.of(logMel, 5)).containsExactly(-20, -20, -20, -100, -99, -80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyMatrix_whenCutTwice_thenTheSecondChangesNothing(long seed) {
    Random random = new Random(seed);
    int frames = 1 + random.nextInt(8);
    float[] logMel = new float[2 * frames];
    for (int i = 0; i < logMel.length; i++) {
      logMel[i] = -100 + 150 * random.nextFloat();
    }

    float[] once = input.of(logMel, frames);

    assertThat(once).hasSize(6);
    assertThat(input.of(once, 3)).containsExactly(once);
  }

  @Test
  void givenMatrixOfTheTable_whenCut_thenItIsTheSameDefinition() {
    float[] values = {-1, -2, -3, -4};
    assertThat(input.of(new FeatureMatrix(2, 2, values))).containsExactly(input.of(values, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> input.of(new FeatureMatrix(1, 4, values)))
        .withMessage("a matrix of 1 bands cannot be the input of a network for 2");
  }

  @Test
  void givenNoFrames_whenCut_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> input.of(new float[0], 0))
        .withMessage("0 values do not make 2 bands x 0 frames");
  }
}
