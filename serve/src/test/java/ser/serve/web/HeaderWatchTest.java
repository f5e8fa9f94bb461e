package ser.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderWatchTest {
  private final HeaderWatch watch = new HeaderWatch();

  @Test
  void givenAHeaderThatGrows_whenItIsSeenTwice_thenItIsOverdue() {
    assertThat(watch.isOverdue(10)).isFalse();
    assertThat(watch.isOverdue(11)).isTrue();
  }

  @Test
  void givenAHeaderThatIsCompletedInTime_whenTheBodyComesSlowly_thenItIsNotOverdue() {
    assertThat(watch.isOverdue(10)).isFalse();
    watch.requestBegins();
    for (int bytes = 11; bytes < 20; bytes++) {
      assertThat(watch.isOverdue(bytes)).isFalse();
    }
  }

  @Test
  void givenARequestAfterAnother_whenBothAreWhole_thenNoneIsOverdue() {
    for (int bytes = 100; bytes < 1000; bytes += 100) {
      watch.requestBegins();
      watch.requestEnds();
      assertThat(watch.isOverdue(bytes)).isFalse();
    }
  }

  @Test
  void givenAConnectionThatIsKept_whenNothingComes_thenItIsNotOverdue() {
    watch.requestBegins();
    watch.requestEnds();
    for (int look = 0; look < 5; look++) {
      assertThat(watch.isOverdue(100)).isFalse();
    }
  }

  @Test
  void givenASecondHeaderThatGrows_whenItIsSeenTwice_thenItIsOverdue() {
    watch.requestBegins();
    assertThat(watch.isOverdue(100)).isFalse();
    watch.requestEnds();
    // What came since may still be of the first request.
    assertThat(watch.isOverdue(110)).isFalse();
    assertThat(watch.isOverdue(111)).isFalse();
    assertThat(watch.isOverdue(112)).isTrue();
  }
}
