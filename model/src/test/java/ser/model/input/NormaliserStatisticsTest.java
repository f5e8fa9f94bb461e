package ser.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.model.Serialised;

class NormaliserStatisticsTest {
  private static final int BANDS = 5;

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyPartitioning_whenMerged_thenStatisticsAgree(long seed) {
    Random random = new Random(seed);
    List<float[]> matrices = matrices(random, 200);
    NormaliserStatistics whole = new NormaliserStatistics(BANDS);
    matrices.forEach(matrix -> whole.add(inputOf(matrix, BANDS)));

    int partitions = 1 + random.nextInt(20);
    List<NormaliserStatistics> parts =
        new ArrayList<>(
            IntStream.range(0, partitions).mapToObj(i -> new NormaliserStatistics(BANDS)).toList());
    matrices.forEach(m -> parts.get(random.nextInt(partitions)).add(inputOf(m, BANDS)));
    while (parts.size() > 1) { // merged in a random tree, as executors report in any order
      NormaliserStatistics one = parts.remove(random.nextInt(parts.size()));
      parts.get(random.nextInt(parts.size())).merge(Serialised.copyOf(one));
    }

    NormaliserStatistics merged = parts.get(0);
    assertThat(merged.frames()).isEqualTo(whole.frames());
    for (int band = 0; band < BANDS; band++) {
      assertThat(merged.meanOf(band)).isCloseTo(whole.meanOf(band), within(1e-9));
      assertThat(merged.varianceOf(band)).isCloseTo(whole.varianceOf(band), within(1e-9));
    }
  }

  @Test
  void givenSmallTable_whenFitted_thenMeanAndPopulationDeviationAreThoseByHand() {
    // Band 0: 1, 2, 3, 4, 5, mean 3, variance (4 + 1 + 0 + 1 + 4) / 5 = 2. Band 1: always 7.
    NormaliserStatistics statistics =
        new NormaliserStatistics(2)
            .add(inputOf(new float[] {1, 2, 7, 7}, 2))
            .add(inputOf(new float[] {3, 4, 5, 7, 7, 7}, 2));

    Normaliser normaliser = statistics.normaliser();

    assertThat(normaliser.mean()).containsExactly(3, 7);
    assertThat(normaliser.deviation())
        .containsExactly((float) Math.sqrt(2), Normaliser.MIN_DEVIATION);
  }

  @Test
  void givenLoudOffset_whenFitted_thenVarianceKeepsItsDigits() {
    // Sums of squares would lose it: 1e6 squared needs 12 digits before the variance of 0.25.
    NormaliserStatistics statistics =
        new NormaliserStatistics(1).add(inputOf(new float[] {1e6f, 1e6f + 1}, 1));

    assertThat(statistics.varianceOf(0)).isEqualTo(0.25);
  }

  @Test
  void givenTrainingSet_whenNormalised_thenBandsHaveMeanZeroAndDeviationOne() {
    InputMatrix matrix = inputOf(matrices(new Random(1), 1).get(0), BANDS);
    Normaliser normaliser = new NormaliserStatistics(BANDS).add(matrix).normaliser();

    normaliser.apply(matrix);

    NormaliserStatistics after = new NormaliserStatistics(BANDS).add(matrix);
    for (int band = 0; band < BANDS; band++) {
      assertThat(after.meanOf(band)).isCloseTo(0, within(1e-5));
      assertThat(after.varianceOf(band)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void givenValueThatIsNotFinite_whenAdded_thenRefusedAndStatisticsStayAsTheyWere() {
    NormaliserStatistics statistics =
        new NormaliserStatistics(2).add(inputOf(new float[] {1, 2}, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> statistics.add(inputOf(new float[] {5, Float.NaN}, 2)))
        .withMessageContaining("band 1 holds a value that is not finite");
    assertThat(statistics.frames()).isEqualTo(1);
    assertThat(statistics.meanOf(0)).isEqualTo(1);
  }

  @Test
  void givenNoFrame_whenFitted_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NormaliserStatistics(2).normaliser())
        .withMessageContaining("no training row");
  }

  @Test
  void givenOtherShape_whenUsed_thenRefused() {
    Normaliser normaliser = new Normaliser(new float[2], new float[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> normaliser.apply(inputOf(new float[3], 3)))
        .withMessage("an input of 3 rows cannot be normalised by the means of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NormaliserStatistics(2).merge(new NormaliserStatistics(3)))
        .withMessageContaining("2 and of 3 bands");
  }

  @Test
  void givenArrays_whenChangedAfterwards_thenNormaliserIsNot() {
    float[] mean = {1};
    Normaliser normaliser = new Normaliser(mean, new float[] {2});
    mean[0] = 9;
    normaliser.mean()[0] = 9;

    assertThat(normaliser).isEqualTo(new Normaliser(new float[] {1}, new float[] {2}));
    assertThat(Serialised.copyOf(normaliser)).isEqualTo(normaliser);
  }

  @Test
  void givenPadding_whenAddedAndNormalised_thenItCountsForNothing() {
    InputMatrix padded = new InputMatrix(new float[] {1, 3, 0, 5, 7, 0}, 3, 2);
    NormaliserStatistics statistics = new NormaliserStatistics(2).add(padded);

    statistics.normaliser().apply(padded);

    assertThat(statistics.frames()).isEqualTo(2);
    assertThat(padded.values()).containsExactly(-1, 1, 0, -1, 1, 0);
  }

  private static InputMatrix inputOf(float[] values, int bands) {
    int frames = values.length / bands;
    return new InputMatrix(values, frames, frames);
  }

  private static List<float[]> matrices(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] matrix = new float[BANDS * (2 + random.nextInt(40))];
              float level = -60 + 30 * random.nextFloat();
              for (int j = 0; j < matrix.length; j++) {
                matrix[j] = level + 10 * (float) random.nextGaussian();
              }
              return matrix;
            })
        .toList();
  }
}
