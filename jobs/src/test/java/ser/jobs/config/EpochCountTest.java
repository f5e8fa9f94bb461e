package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochCountTest {
  @ParameterizedTest
  @CsvSource({"1, 57600", "1308, 45", "2879, 21", "2880, 20", "2881, 20", "9000000000, 20"})
  void givenRowsToBeSeen_whenThereAreFew_thenTheEpochsSufficeForThem(long rows, int expected) {
    EpochCount count = new EpochCount.BySeen(20, 57_600);

    assertThat(count.over(rows)).isEqualTo(expected);
    assertThat(count.least()).isEqualTo(20);
  }

  @Test
  void givenNumber_whenThereAreFewRows_thenItIsThatNumber() {
    assertThat(new EpochCount.Fixed(3).over(1)).isEqualTo(3);
  }

  @Test
  void givenNoEpochsOrRows_whenCounted_thenTheKeyIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochCount.Fixed(0))
        .withMessage("epochs 0 must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochCount.BySeen(0, 1))
        .withMessageContaining("least-epochs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochCount.BySeen(1, 0))
        .withMessageContaining("least-rows-seen");
  }
}
