package ser.jobs.score.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;

/** Periods of a report, and what is said of each. */
class GrainTest {
  private static final Instant SUNDAY = Instant.parse("2026-01-04T23:59:59Z");

  @Test
  void givenASpan_whenDivided_thenThereAreNeverMorePeriodsThanAChartCanShow() {
    assertThat(grain(Duration.ZERO)).isEqualTo(Grain.HOUR);
    assertThat(grain(Duration.ofDays(2))).isEqualTo(Grain.HOUR);
    assertThat(grain(Duration.ofDays(3))).isEqualTo(Grain.DAY);
    assertThat(grain(Duration.ofDays(63))).isEqualTo(Grain.WEEK);
    assertThat(grain(Duration.ofDays(1000))).isEqualTo(Grain.MONTH);
    assertThat(Grain.of(SUNDAY, SUNDAY, Grain.DAY)).isEqualTo(Grain.DAY);
  }

  @Test
  void givenAMoment_whenNamed_thenItIsThePeriodsBegin() {
    assertThat(List.of(Grain.values()).stream().map(grain -> grain.of(SUNDAY)))
        .containsExactly("2026-01-04 23:00", "2026-01-04", "2025-12-29", "2026-01");
    assertThat(Grain.WEEK.of(SUNDAY.plusSeconds(1))).isEqualTo("2026-01-05");
  }

  @Test
  void givenTwoMixes_whenAdded_thenSharesAreWeightedBySpeech() {
    EmotionMix little = new EmotionMix(1, 10, Map.of(Emotion.SAD, 1.0), 0);
    EmotionMix much = new EmotionMix(2, 30, Map.of(Emotion.SAD, 0.2), 0.8);

    EmotionMix both = EmotionMix.none(List.of(Emotion.SAD)).plus(little).plus(much);

    assertThat(both.calls()).isEqualTo(3);
    assertThat(both.speechS()).isEqualTo(40);
    assertThat(both.shares().get(Emotion.SAD)).isEqualTo(0.4, within(1e-12));
    assertThat(both.abstained()).isEqualTo(0.6, within(1e-12));
  }

  private static Grain grain(Duration span) {
    return Grain.of(SUNDAY, SUNDAY.plus(span), Grain.HOUR);
  }
}
