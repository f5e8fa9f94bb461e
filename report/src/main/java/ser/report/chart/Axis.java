package ser.report.chart;

import java.util.ArrayList;
import java.util.List;
import ser.report.text.Numbers;

/**
 * An axis with its marks.
 *
 * @param title what it measures, with the unit
 * @param ticks marks, from its beginning to its end
 */
public record Axis(String title, List<Tick> ticks) {

  /**
   * A mark.
   *
   * @param position from 0, where the axis begins, to 1, where it ends
   * @param label what stands there
   */
  public record Tick(double position, String label) {
    public Tick {
      if (!(position >= 0 && position <= 1)) {
        throw new IllegalArgumentException(
            "a tick '%s' at %s is not on the axis".formatted(label, position));
      }
    }
  }

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis of equal steps with marks at round numbers: 1, 2 or 5 times a power of ten.
   *
   * @param about how many marks are wanted
   */
  public static Axis linear(String title, double from, double to, int about) {
    return new Axis(title, ticks(from, to, roundStep(length(from, to) / about)));
  }

  /** As {@link #linear}, with marks at whole numbers alone. */
  public static Axis whole(String title, double from, double to, int about) {
    return new Axis(title, ticks(from, to, Math.max(1, roundStep(length(from, to) / about))));
  }

  private static double length(double from, double to) {
    if (!(to > from)) {
      throw new IllegalArgumentException("an axis from %s to %s has no length".formatted(from, to));
    }
    return to - from;
  }

  private static List<Tick> ticks(double from, double to, double step) {
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
      double position = Math.max(0, Math.min(1, (i * step - from) / (to - from)));
      ticks.add(new Tick(position, label(i * step, step)));
    }
    return ticks;
  }

  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  private static String label(double value, double step) {
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    return Numbers.decimal(value == 0 ? 0 : value, decimals);
  }
}
