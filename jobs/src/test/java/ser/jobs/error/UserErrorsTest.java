package ser.jobs.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserErrorsTest {
  @Test
  void givenAMistakeThatWasWrapped_whenSought_thenItIsFound() {
    UserError mistake = new UserError("Cannot read x", new IllegalStateException("cause"));

    assertThat(UserErrors.within(new RuntimeException(new IllegalStateException(mistake))))
        .isSameAs(mistake);
    assertThat(UserErrors.within(mistake)).isSameAs(mistake);
  }

  @Test
  void givenAFault_whenAMistakeIsSought_thenThereIsNone() {
    assertThat(UserErrors.within(new IllegalStateException("fault"))).isNull();
  }

  @Test
  void givenAFault_whenSummedUp_thenItIsTheFirstLineOfTheInnermostCause() {
    assertThat(UserErrors.rootMessage(new RuntimeException(new IllegalStateException("a\nb"))))
        .isEqualTo("a");
    assertThat(UserErrors.rootMessage(new RuntimeException("outer", new StackOverflowError())))
        .isEqualTo("java.lang.StackOverflowError");
    assertThat(UserErrors.rootMessage(new IllegalStateException(""))).isEmpty();
  }
}
