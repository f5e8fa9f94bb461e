package ser.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import ser.jobs.run.Progress.Done;

/** What is said of a run that is going on. */
class ProgressTest {
  private static final Progress PROGRESS = new Progress(4_000, 1_000_000);

  @Test
  void givenAQuarterOfTheBytes_whenSaid_thenThreeTimesTheElapsedTimeIsLeft() {
    assertThat(PROGRESS.line(new Done(900, 250_000, 7_200), Duration.ofSeconds(20)))
        .isEqualTo(
            "900 of 4,000 recordings, 2 h 0 min of audio, 360 times real time, about 1 min 0 s"
                + " left");
  }

  @Test
  void givenHardlyAnyBytes_whenSaid_thenNobodyKnowsHowLongItTakes() {
    assertThat(PROGRESS.line(new Done(1, 70, 30), Duration.ofSeconds(20)))
        .startsWith("1 of 4,000 recordings")
        .doesNotContain("left");
    assertThat(PROGRESS.line(Done.NOTHING, Duration.ZERO)).contains("0 times real time");
  }

  @Test
  void givenTasksThatWereRepeated_whenSaid_thenNoMoreIsDoneThanThereIs() {
    assertThat(PROGRESS.line(new Done(4_100, 1_100_000, 9_000), Duration.ofSeconds(20)))
        .startsWith("4,000 of 4,000 recordings")
        .doesNotContain("left");
  }
}
