package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void givenNoPlaceAndAFullLine_whenAnotherComes_thenHeIsSentAway() throws Exception {
    Admission admission = new Admission(new Limits(1, 1, 1, 1, 1));
    Admission.Place first = admission.enter(Deadline.in(LONG));
    CompletableFuture<Admission.Place> second =
        CompletableFuture.supplyAsync(() -> entered(admission));
    while (admission.inside() < 2) {
      Thread.onSpinWait();
    }

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> admission.enter(Deadline.in(LONG)))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BUSY));
    assertThat(second).isNotDone();
    first.close();
    second.get().close();
    assertThat(admission.inside()).isZero();
  }

  @Test
  void givenNoPlaceInTime_whenWaiting_thenBusyAndTheLineIsShorterAgain() throws Exception {
    Admission admission = new Admission(new Limits(1, 1, 1, 5, 1));
    admission.enter(Deadline.in(LONG));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> admission.enter(Deadline.in(Duration.ZERO)))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BUSY));
    assertThat(admission.inside()).isEqualTo(1);
  }

  private static Admission.Place entered(Admission admission) {
    try {
      return admission.enter(Deadline.in(LONG));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
