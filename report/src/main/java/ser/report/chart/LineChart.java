package ser.report.chart;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * Lines over a common axis, such as learning curves. Lines differ in colour and in their dashes.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param x title of the axis from left to right, with the unit
 * @param y title of the axis from the bottom up, with the unit
 * @param lines at least one, with a point in at least one of them
 */
public record LineChart(String label, String x, String y, List<Line> lines) implements Markup {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 200;
  private static final double LEFT = 56;
  private static final double RIGHT = 14;
  private static final double TITLE = 26;
  private static final int TICKS = 6;

  /** A point of a line, both values finite. */
  public record Point(double x, double y) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException("a point at (%s, %s) is nowhere".formatted(x, y));
      }
    }
  }

  /**
   * A line through points.
   *
   * @param points in the order in which they are joined
   */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  public LineChart {
    lines = List.copyOf(lines);
    Legend.requireFew(lines.size(), Legend.COLOURS);
    if (lines.stream().allMatch(line -> line.points().isEmpty())) {
      throw new IllegalArgumentException("a line chart needs a point: %s".formatted(label));
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    boolean legend = lines.size() > 1;
    double top = TITLE + (legend ? Legend.HEIGHT : 0);
    Frame frame = new Frame(LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT);
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    if (legend) {
      Legend.draw(svg, LEFT, lines.stream().map(Line::name).toList(), 1);
    }
    Range horizontal =
        Range.of(lines.stream().flatMap(l -> l.points().stream().map(Point::x)).toList());
    Range vertical =
        Range.of(lines.stream().flatMap(l -> l.points().stream().map(Point::y)).toList());
    Axis xAxis =
        wholeNumbers()
            ? Axis.whole(x, horizontal.from(), horizontal.to(), TICKS)
            : Axis.linear(x, horizontal.from(), horizontal.to(), TICKS);
    Axis yAxis = Axis.linear(y, vertical.from(), vertical.to(), TICKS);
    frame.drawGridY(svg, yAxis);
    frame.drawX(svg, xAxis);
    frame.drawY(svg, yAxis);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, i, frame, horizontal, vertical);
    }
    svg.appendTo(html);
  }

  /** Between two epochs, for example, there is nothing to mark. */
  private boolean wholeNumbers() {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .allMatch(point -> point.x() == Math.rint(point.x()));
  }

  private void draw(Element svg, int series, Frame frame, Range horizontal, Range vertical) {
    List<Point> points = lines.get(series).points();
    StringBuilder d = new StringBuilder();
    for (Point point : points) {
      d.append(d.isEmpty() ? 'M' : 'L')
          .append(Numbers.plain(frame.x(horizontal.share(point.x()))))
          .append(' ')
          .append(Numbers.plain(frame.y(vertical.share(point.y()))));
    }
    if (points.size() == 1) {
      // A line of one point, which round ends make visible.
      d.append('z');
    }
    svg.add(
        Svg.path("line " + Legend.stroke(series + 1), d.toString())
            .add(Svg.hint(lines.get(series).name())));
  }

  /** From the smallest to the largest value, or around the only one. */
  private record Range(double from, double to) {
    static Range of(List<Double> values) {
      double from = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      double to = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double around = from == 0 ? 0.5 : Math.abs(from) / 2;
      return from < to ? new Range(from, to) : new Range(from - around, to + around);
    }

    double share(double value) {
      return (value - from) / (to - from);
    }
  }
}
