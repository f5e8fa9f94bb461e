package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateScheduleTest {
  @Test
  void givenALossThatStaysAsItIs_whenPatienceEnds_thenTheStepIsHalvedOnce() {
    LearningRateSchedule plateau = new LearningRateSchedule.Plateau(0.01, 2, 0.5);

    assertThat(plateau.rateAt(1, List.of(1.0))).isEqualTo(0.01);
    assertThat(plateau.rateAt(2, List.of(1.0, 1.0))).isEqualTo(0.01);
    assertThat(plateau.rateAt(3, List.of(1.0, 1.0, 1.0))).isEqualTo(0.005);
    assertThat(plateau.rateAt(4, List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(0.005);
    assertThat(plateau.rateAt(5, List.of(1.0, 1.0, 1.0, 1.0, 1.0))).isEqualTo(0.0025);
  }

  @Test
  void givenALossThatFalls_whenAsked_thenTheStepStays() {
    LearningRateSchedule plateau = new LearningRateSchedule.Plateau(0.01, 2, 0.5);

    assertThat(plateau.rateAt(5, List.of(1.0, 0.9, 0.95, 0.8, 0.79))).isEqualTo(0.01);
  }

  // torch.optim.lr_scheduler.OneCycleLR(max_lr=3e-3, total_steps=100001), steps 0, 15000, ...
  @ParameterizedTest
  @CsvSource({"0, 1.2e-4", "1.5, 1.56e-3", "3, 3e-3", "6.5, 1.500006e-3", "10, 1.2e-8"})
  void givenOneCycle_whenAsked_thenItIsThatOfPyTorch(double progress, double expected) {
    assertThat(new LearningRateSchedule.OneCycle(3e-3, 10).rateAt(progress, List.of()))
        .isCloseTo(expected, within(1e-9));
  }

  @Test
  void givenAnotherLength_whenAsked_thenTheCycleSpansItAndOthersStay() {
    LearningRateSchedule plateau = new LearningRateSchedule.Plateau(1e-3, 5, 0.5);

    assertThat(new LearningRateSchedule.OneCycle(3e-3, 10).during(40))
        .isEqualTo(new LearningRateSchedule.OneCycle(3e-3, 40));
    assertThat(plateau.during(40)).isEqualTo(plateau);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.5, Double.NaN})
  void givenAStepThatIsNone_whenMade_thenRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRateSchedule.Constant(rate))
        .withMessageContaining("learning-rate");
  }
}
