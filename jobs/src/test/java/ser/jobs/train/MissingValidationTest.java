package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingValidationTest {
  @Test
  void givenTooFewSpeakers_whenNothingValidates_thenTheWarningNamesAllThatIsOff() {
    assertThat(new MissingValidation(false, false).warning().orElseThrow())
        .contains(
            "last epoch", "ser.train.patience", "calibrated", "abstaining", "validation-speakers")
        .doesNotContain("plateau");
    assertThat(new MissingValidation(false, true).warning().orElseThrow())
        .contains("ser.train.schedule = plateau", "ser.train.patience");
  }

  @Test
  void givenNone_whenNothingValidates_thenThatIsAsItWasMeant() {
    assertThat(new MissingValidation(true, false).warning()).isEmpty();
    assertThat(new MissingValidation(true, true).warning()).isEmpty();
  }
}
