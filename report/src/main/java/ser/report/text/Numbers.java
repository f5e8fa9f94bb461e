package ser.report.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How numbers are written for people, the same in all reports and on any machine. */
public final class Numbers {
  private static final double MINUTE_S = 60;
  private static final double HOUR_S = 3600;

  private Numbers() {}

  /** {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1,234.50}, with as many decimals as asked for. */
  public static String decimal(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /**
   * At most two decimals and none that are 0, without grouping: {@code 12.5}. For coordinates and
   * the ticks of an axis.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("%s is no place in a picture".formatted(value));
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** {@code 12.3%}; a small share that is not 0 reads {@code <0.1%}. Of nothing: {@code 0%}. */
  public static String share(double part, double whole) {
    double percent = whole == 0 ? 0 : 100 * part / whole;
    if (percent > 0 && percent < 0.1) {
      return "<0.1%";
    }
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f%%", percent)
        : String.format(Locale.ROOT, "%.1f%%", percent);
  }

  /** {@code 3.6 s}, {@code 4 min 20 s}, {@code 1 h 14 min}, {@code 1,204 h}. */
  public static String duration(double seconds) {
    // What rounds up to the next unit is written in it.
    if (Math.round(10 * seconds) < 10 * MINUTE_S) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < HOUR_S) {
      return String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60);
    }
    long minutes = Math.round(seconds / MINUTE_S);
    return minutes < 100 * 60
        ? String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60)
        : count(Math.round(seconds / HOUR_S)) + " h";
  }

  /** {@code 1 recording}, {@code 12 recordings}. */
  public static String of(long value, String one, String many) {
    return count(value) + " " + (value == 1 ? one : many);
  }
}
