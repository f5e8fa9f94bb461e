package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import ser.jobs.train.Contribution.FailedStep;
import ser.jobs.train.Contribution.Losses;

class ContributionTest {
  @Test
  void givenWorkersWithUnlikeRows_whenAveraged_thenEachRowCountsAlike() {
    Contribution mean =
        Contribution.mean(0, List.of(of(0, 3, 1f, List.of()), of(1, 1, 5f, List.of())));

    // (3 x 1 + 1 x 5) / 4 and (3 x 2 + 1 x 10) / 4
    assertThat(mean.weights().parameters()).containsExactly(2f);
    assertThat(mean.weights().updaterState()).containsExactly(4f);
    assertThat(mean.rows()).isEqualTo(4);
    assertThat(mean.weights().steps()).isEqualTo(3);
    assertThat(mean.losses()).isEqualTo(new Losses(2, 4));
  }

  @Test
  void givenOneWorker_whenAveraged_thenItsWeightsAreTheSameBits() {
    float[] odd = {1f / 3, -1e-38f, Float.MIN_VALUE, 16_777_217f, 0.1f};
    Contribution alone =
        new Contribution(0, 7, new Weights(odd, odd, 1), new Losses(1, 1), List.of());

    assertThat(Contribution.mean(0, List.of(alone)).weights().parameters()).isEqualTo(odd);
  }

  @Test
  void givenAWorkerWithoutRows_whenAveraged_thenItDoesNotCount() {
    Contribution trained = of(1, 4, 6f, List.of());

    Contribution mean = Contribution.mean(0, List.of(Contribution.none(0), trained));

    assertThat(mean.weights().parameters()).containsExactly(6f);
    assertThat(mean.rows()).isEqualTo(4);
    assertThat(Contribution.mean(0, List.of(Contribution.none(0))).rows()).isZero();
  }

  @Test
  void givenFailedSteps_whenAveraged_thenTheyStandInTheOrderOfTheWorkers() {
    FailedStep first = new FailedStep(1, 2, Double.NaN);
    FailedStep second = new FailedStep(2, 1, Double.POSITIVE_INFINITY);

    Contribution mean =
        Contribution.mean(
            0,
            List.of(
                of(0, 1, 1f, List.of()),
                of(1, 1, 1f, List.of(first)),
                of(2, 1, 1f, List.of(second))));

    assertThat(mean.failed()).containsExactly(first, second);
  }

  private static Contribution of(int place, long rows, float value, List<FailedStep> failed) {
    return new Contribution(
        place,
        rows,
        new Weights(new float[] {value}, new float[] {2 * value}, (int) rows),
        new Losses(1, 2),
        failed);
  }
}
