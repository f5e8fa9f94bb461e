package ser.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * How a quantity is distributed in several groups: one small histogram per group on one axis, with
 * a line at the median. Each histogram is as high as its own highest bin, so that forms compare.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param axis what is measured, with the unit
 * @param from where the first bin begins
 * @param to where the last bin ends
 * @param groups from the top down, at least one, all with as many bins
 */
public record DistributionChart(
    String label, String axis, double from, double to, List<Group> groups) implements Markup {
  private static final double WIDTH = 460;
  private static final double ROW = 34;
  private static final double HIGHEST = 27;
  private static final double LEFT = 84;
  private static final double RIGHT = 58;
  private static final int TICKS = 6;

  /**
   * A histogram.
   *
   * @param counts per bin
   * @param median of the values, in the unit of the axis
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Group(String name, Colour colour, long[] counts, double median) {}

  public DistributionChart {
    groups = List.copyOf(groups);
    if (groups.isEmpty() || !(to > from)) {
      throw new IllegalArgumentException(
          "%d groups from %s to %s make no distribution".formatted(groups.size(), from, to));
    }
    int bins = groups.get(0).counts().length;
    if (bins == 0 || groups.stream().anyMatch(group -> group.counts().length != bins)) {
      throw new IllegalArgumentException("all groups need the same bins, at least one");
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Frame frame = new Frame(LEFT, 0, WIDTH - LEFT - RIGHT, ROW * groups.size());
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    Axis x = Axis.linear(axis, from, to, TICKS);
    frame.drawGridX(svg, x);
    for (int i = 0; i < groups.size(); i++) {
      draw(svg, groups.get(i), new Frame(LEFT, i * ROW, frame.width(), ROW));
    }
    frame.drawX(svg, x);
    svg.appendTo(html);
  }

  private void draw(Element svg, Group group, Frame row) {
    svg.add(Svg.text("tick end", LEFT - 8, row.bottom() - 6, Svg.fitted(group.name(), LEFT - 8)));
    svg.add(
        Svg.path(group.colour().style(), outline(group.counts(), row))
            .add(Svg.hint("%s: %s".formatted(group.name(), Arrays.toString(group.counts())))));
    svg.add(Svg.line("grid-line", row.left(), row.bottom(), row.right(), row.bottom()));
    double median = row.x(Math.max(0, Math.min(1, (group.median() - from) / (to - from))));
    svg.add(Svg.line("median", median, row.bottom() - HIGHEST, median, row.bottom()));
    svg.add(
        Svg.text(
            "value start", row.right() + 6, row.bottom() - 6, Numbers.decimal(group.median(), 2)));
  }

  /** The upper edge of the bars, from the base line back to it. */
  private static String outline(long[] counts, Frame row) {
    long highest = Math.max(1, Arrays.stream(counts).max().orElseThrow());
    StringBuilder d = new StringBuilder(point('M', row.left(), row.bottom()));
    for (int i = 0; i < counts.length; i++) {
      double y = row.bottom() - HIGHEST * counts[i] / highest;
      d.append(point('L', row.x((double) i / counts.length), y));
      d.append(point('L', row.x((double) (i + 1) / counts.length), y));
    }
    return d.append(point('L', row.right(), row.bottom())).append('Z').toString();
  }

  private static String point(char command, double x, double y) {
    return String.format(Locale.ROOT, "%c%s %s", command, Numbers.plain(x), Numbers.plain(y));
  }
}
