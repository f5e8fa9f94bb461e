package ser.jobs.score.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;

/**
 * How long the periods are that emotions are shown by: so that there are few, whatever the span.
 */
enum Grain {
  HOUR("hour", "yyyy-MM-dd HH':00'", Duration.ofDays(2)),
  DAY("day", "yyyy-MM-dd", Duration.ofDays(62)),
  WEEK("week", "yyyy-MM-dd", Duration.ofDays(7 * 62)),
  MONTH("month", "yyyy-MM", Duration.ofDays(Integer.MAX_VALUE));

  /** More than a chart can show; of more months than this the last ones are shown. */
  static final int MOST_PERIODS = 62;

  private final String unit;
  private final String pattern;
  private final Duration longest;

  Grain(String unit, String pattern, Duration longest) {
    this.unit = unit;
    this.pattern = pattern;
    this.longest = longest;
  }

  /** The finest, of at least {@code finest}, that divides the span into few periods. */
  static Grain of(Instant first, Instant last, Grain finest) {
    Grain[] all = values();
    int i = finest.ordinal();
    while (Duration.between(first, last).compareTo(all[i].longest) > 0) {
      i++;
    }
    return all[i];
  }

  /** {@code hour}. */
  String label() {
    return unit;
  }

  /** Name of the period that a moment is in; names are in the order of time. */
  String of(Instant moment) {
    ZonedDateTime utc = moment.atZone(ZoneOffset.UTC);
    return DateTimeFormatter.ofPattern(pattern)
        .format(this == WEEK ? utc.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : utc);
  }
}
