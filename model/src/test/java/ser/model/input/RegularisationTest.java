package ser.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularisationTest {

  @ParameterizedTest(name = "alpha {0}")
  @ValueSource(doubles = {0.001, 0.2, 1, 2})
  void givenAlpha_whenSharesAreDrawn_thenMeanAndVarianceAreThoseOfBeta(double alpha) {
    Regularisation mixup = new Regularisation(0, alpha, Splice.none(), SpecAugment.none());
    SplittableRandom random = new SplittableRandom(7);

    double[] shares = IntStream.range(0, 20_000).mapToDouble(i -> mixup.share(random)).toArray();

    double mean = Arrays.stream(shares).average().getAsDouble();
    double variance =
        Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).average().getAsDouble();
    assertThat(mean).isCloseTo(0.5, within(0.015));
    // Of Beta(a, a): 1 / (4 (2a + 1)).
    assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
    assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0 && share <= 1);
  }

  @Test
  void givenNone_whenApplied_thenNothingChanges() {
    Regularisation none = Regularisation.none();
    float[] values = {1, 2, 3, 4};
    float[] label = {0, 1};

    none.masks().mask(values, 2, 2, new SplittableRandom(1));
    none.smooth(label);

    assertThat(none.share(new SplittableRandom(1))).isEqualTo(1);
    assertThat(values).containsExactly(1, 2, 3, 4);
    assertThat(label).containsExactly(0, 1);
  }

  @Test
  void givenSmoothing_whenApplied_thenItsShareIsDividedAmongAllClasses() {
    float[] label = {0, 1, 0, 0};

    new Regularisation(0.2, 0, Splice.none(), SpecAugment.none()).smooth(label);

    assertThat(label).containsExactly(0.05f, 0.85f, 0.05f, 0.05f);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenMasks_whenApplied_thenWholeRowsAndFramesOfAllChannelsAreZero(long seed) {
    int rows = 10;
    int frames = 20;
    float[] values = new float[3 * rows * frames];
    Arrays.fill(values, 1);

    new SpecAugment(2, 3, 1, 5).mask(values, rows, frames, new SplittableRandom(seed));

    int lostRows = 0;
    int lostFrames = 0;
    for (int row = 0; row < rows; row++) {
      int at = row;
      lostRows += IntStream.range(0, frames).allMatch(f -> values[at * frames + f] == 0) ? 1 : 0;
    }
    for (int frame = 0; frame < frames; frame++) {
      int at = frame;
      lostFrames += IntStream.range(0, rows).allMatch(r -> values[r * frames + at] == 0) ? 1 : 0;
    }
    assertThat(lostRows).isBetween(0, 6);
    assertThat(lostFrames).isBetween(0, 5);
    long zeros = IntStream.range(0, values.length).filter(i -> values[i] == 0).count();
    assertThat(zeros)
        .isEqualTo(3L * (lostRows * frames + lostFrames * rows - lostRows * lostFrames));
    float[] firstChannel = Arrays.copyOf(values, rows * frames);
    assertThat(Arrays.copyOfRange(values, 2 * rows * frames, values.length))
        .isEqualTo(firstChannel);
  }

  @Test
  void givenMasksLargerThanTheInput_whenApplied_thenTheyFit() {
    float[] values = {1, 1, 1};

    new SpecAugment(16, 100, 16, 100).mask(values, 3, 1, new SplittableRandom(1));

    assertThat(values).containsOnly(0);
  }
}
