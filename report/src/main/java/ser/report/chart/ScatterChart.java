package ser.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * Points over an axis, such as scores against a setting. Series differ in colour, and the later
 * ones lie above the earlier ones.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param x from left to right
 * @param y title of the axis from the bottom up, with the unit
 * @param series at least one, with a point in at least one of them
 */
public record ScatterChart(String label, Horizontal x, String y, List<Series> series)
    implements Markup {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 180;
  private static final double LEFT = 56;
  private static final double RIGHT = 14;
  private static final double TITLE = 26;
  private static final double RADIUS = 4;
  private static final int TICKS = 6;

  /** Share of the axis that stays free at both ends, so that no point lies on the edge. */
  private static final double MARGIN = 0.04;

  /** Where a value stands from left to right. */
  public sealed interface Horizontal {
    String title();

    /** Equal steps. */
    record Linear(String title) implements Horizontal {}

    /** Equal ratios; all values above 0. */
    record Logarithmic(String title) implements Horizontal {}

    /** Names side by side; a point's value is the index of its name. */
    record Named(String title, List<String> names) implements Horizontal {
      public Named {
        names = List.copyOf(names);
      }
    }
  }

  /**
   * A point.
   *
   * @param hint what a pointer that rests on it shows
   */
  public record Point(double x, double y, String hint) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException("a point at (%s, %s) is nowhere".formatted(x, y));
      }
    }
  }

  /** Points of one colour. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  public ScatterChart {
    series = List.copyOf(series);
    Legend.requireFew(series.size(), Legend.COLOURS);
    if (series.stream().allMatch(points -> points.points().isEmpty())) {
      throw new IllegalArgumentException("a scatter chart needs a point: %s".formatted(label));
    }
    if (x instanceof Horizontal.Logarithmic
        && series.stream().flatMap(s -> s.points().stream()).anyMatch(p -> !(p.x() > 0))) {
      throw new IllegalArgumentException("a logarithmic axis has no place for 0: " + label);
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    boolean legend = series.size() > 1;
    double top = TITLE + (legend ? Legend.HEIGHT : 0);
    Frame frame = new Frame(LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT);
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    if (legend) {
      Legend.draw(svg, LEFT, series.stream().map(Series::name).toList(), 1);
    }
    Scale across = across();
    Scale up = Scale.over(points().map(Point::y).toList());
    Axis yAxis = Axis.linear(y, up.from, up.to, TICKS);
    frame.drawGridY(svg, yAxis);
    frame.drawX(svg, new Axis(x.title(), ticks(across)));
    frame.drawY(svg, yAxis);
    for (int i = 0; i < series.size(); i++) {
      for (Point point : series.get(i).points()) {
        svg.add(
            Element.of("circle")
                .with("class", Legend.fill(i + 1))
                .with("cx", frame.x(across.share(place(point.x()))))
                .with("cy", frame.y(up.share(point.y())))
                .with("r", RADIUS)
                .add(Svg.hint(point.hint())));
      }
    }
    svg.appendTo(html);
  }

  private Stream<Point> points() {
    return series.stream().flatMap(one -> one.points().stream());
  }

  private double place(double value) {
    return x instanceof Horizontal.Logarithmic ? Math.log10(value) : value;
  }

  private Scale across() {
    return x instanceof Horizontal.Named named
        ? new Scale(-0.5, named.names().size() - 0.5)
        : Scale.over(points().map(point -> place(point.x())).toList());
  }

  private List<Axis.Tick> ticks(Scale scale) {
    List<Axis.Tick> ticks = new ArrayList<>();
    if (x instanceof Horizontal.Named named) {
      double room = (WIDTH - LEFT - RIGHT) / named.names().size();
      for (int i = 0; i < named.names().size(); i++) {
        ticks.add(new Axis.Tick(scale.share(i), Svg.fitted(named.names().get(i), room)));
      }
      return ticks;
    }
    if (x instanceof Horizontal.Linear) {
      return Axis.linear("", scale.from, scale.to, TICKS).ticks();
    }
    // 1, 2 and 5 times the powers of ten; those of ten alone where there are many.
    int[] digits = scale.to - scale.from > 2 ? new int[] {1} : new int[] {1, 2, 5};
    for (int power = (int) Math.floor(scale.from); power <= scale.to; power++) {
      for (int digit : digits) {
        double at = power + Math.log10(digit);
        if (at >= scale.from && at <= scale.to) {
          ticks.add(new Axis.Tick(scale.share(at), number(digit, power)));
        }
      }
    }
    if (ticks.size() < 2) {
      // Hardly a round number lies between them: the ends say more.
      return List.of(
          new Axis.Tick(0, rounded(Math.pow(10, scale.from))),
          new Axis.Tick(1, rounded(Math.pow(10, scale.to))));
    }
    return ticks;
  }

  private static String rounded(double value) {
    return value >= 0.001 && value < 10_000
        ? new BigDecimal(value).round(new MathContext(2)).toPlainString()
        : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String number(int digit, int power) {
    return power < -3 || power > 4
        ? digit + "e" + power
        : power < 0
            ? Numbers.decimal(digit * Math.pow(10, power), -power)
            : Numbers.count(Math.round(digit * Math.pow(10, power)));
  }

  /** From the smallest to the largest value with a margin, or around the only one. */
  private record Scale(double from, double to) {
    static Scale over(List<Double> values) {
      double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double margin = least < most ? MARGIN * (most - least) : Math.max(0.05, Math.abs(most) / 2);
      return new Scale(least - margin, most + margin);
    }

    double share(double value) {
      return (value - from) / (to - from);
    }
  }
}
