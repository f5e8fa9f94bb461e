package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.config.EarlyStopping.Monitor;

class TrainingStateTest {
  /** The first has the best macro F1, the third the least loss. */
  private static final List<Epoch.Validation> VALIDATIONS =
      List.of(
          new Epoch.Validation(0.6, 1.2),
          new Epoch.Validation(0.5, 1.1),
          new Epoch.Validation(0.55, 0.9),
          new Epoch.Validation(0.6, 0.9),
          new Epoch.Validation(0.1, 1.0));

  @ParameterizedTest
  @CsvSource({"MACRO_F1, 1", "LOSS, 3"})
  void givenEpochsThatAreNoBetter_whenDone_thenTheFirstBestByTheMonitorIsKept(
      Monitor monitor, int best) {
    TrainingState end = afterAll(VALIDATIONS.stream().map(Optional::of).toList(), monitor);

    assertThat(end.best().epoch()).isEqualTo(best);
    assertThat(end.best().parameters()).containsExactly(best);
    assertThat(end.waited()).isEqualTo(VALIDATIONS.size() - best);
  }

  @Test
  void givenNoValidation_whenDone_thenTheLastEpochIsKept() {
    List<Optional<Epoch.Validation>> none = List.of(Optional.empty(), Optional.empty());

    assertThat(afterAll(none, Monitor.LOSS).best().epoch()).isEqualTo(2);
  }

  private static TrainingState afterAll(
      List<Optional<Epoch.Validation>> validations, Monitor monitor) {
    Optional<TrainingState> state = Optional.empty();
    for (int epoch = 1; epoch <= validations.size(); epoch++) {
      Epoch done = new Epoch(epoch, 1, 1e-3, validations.get(epoch - 1), 1);
      Weights weights = new Weights(new float[] {epoch}, new float[0], epoch);
      state = Optional.of(TrainingState.after(state, done, weights, monitor));
    }
    return state.orElseThrow();
  }
}
