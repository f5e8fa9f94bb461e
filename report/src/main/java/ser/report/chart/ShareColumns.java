package ser.report.chart;

import java.util.List;
import ser.report.chart.Axis.Tick;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * How a whole is divided, once for each of several times: columns side by side, each stacked from
 * the shares of the series. What they leave of a column is nobody's.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param series from the bottom up
 * @param columns from left to right, at least one
 */
public record ShareColumns(String label, List<Series> series, List<Column> columns)
    implements Markup {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 180;
  private static final double LEFT = 44;
  private static final double RIGHT = 14;
  private static final double GAP = 10;
  private static final double WIDEST = 60;

  /** Rounding of a sum of shares. */
  private static final double ROUNDING = 1e-6;

  private static final double NAME_BELOW = 16;
  private static final double NAMES_HEIGHT = 24;

  /** A part of each column. */
  public record Series(String name, Colour colour) {}

  /**
   * One whole.
   *
   * @param name written below it where there is room
   * @param shares by series, none negative, at most 1 in sum
   */
  public record Column(String name, List<Double> shares) {
    public Column {
      shares = List.copyOf(shares);
      if (!shares.stream().allMatch(share -> share >= 0)
          || shares.stream().mapToDouble(Double::doubleValue).sum() > 1 + ROUNDING) {
        throw new IllegalArgumentException(
            "column '%s' has shares %s, which are no parts of 1".formatted(name, shares));
      }
    }
  }

  public ShareColumns {
    series = List.copyOf(series);
    columns = List.copyOf(columns);
    if (series.isEmpty() || columns.isEmpty()) {
      throw new IllegalArgumentException("columns need series, and one column: " + label);
    }
    for (Column column : columns) {
      if (column.shares().size() != series.size()) {
        throw new IllegalArgumentException(
            "column '%s' has %d shares for %d series"
                .formatted(column.name(), column.shares().size(), series.size()));
      }
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    List<String> names = series.stream().map(Series::name).toList();
    List<Colour> colours = series.stream().map(Series::colour).toList();
    double top = Legend.wrappedHeight(names, WIDTH) + GAP;
    Frame frame = new Frame(LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT);
    Element svg = Svg.picture(WIDTH, frame.bottom() + NAMES_HEIGHT, label);
    Legend.drawWrapped(svg, WIDTH, names, colours);
    Axis y =
        new Axis(
            "",
            List.of(
                new Tick(0, "0%"),
                new Tick(0.25, "25%"),
                new Tick(0.5, "50%"),
                new Tick(0.75, "75%"),
                new Tick(1, "100%")));
    frame.drawGridY(svg, y);
    double step = frame.width() / columns.size();
    double width = Math.min(WIDEST, step * 0.8);
    int every = (int) Math.ceil((widestName() + GAP) / step);
    for (int i = 0; i < columns.size(); i++) {
      double middle = frame.left() + (i + 0.5) * step;
      draw(svg, columns.get(i), new Frame(middle - width / 2, top, width, HEIGHT));
      if (i % every == 0) {
        svg.add(
            Svg.text("tick middle", middle, frame.bottom() + NAME_BELOW, columns.get(i).name()));
      }
    }
    svg.add(Svg.line("axis", frame.left(), frame.bottom(), frame.right(), frame.bottom()));
    frame.drawY(svg, y);
    svg.appendTo(html);
  }

  private void draw(Element svg, Column column, Frame whole) {
    double below = 0;
    for (int i = 0; i < series.size(); i++) {
      double share = column.shares().get(i);
      if (share > 0) {
        double height = share * whole.height();
        svg.add(
            Svg.rectangle(
                    series.get(i).colour().style(),
                    whole.left(),
                    whole.y(below) - height,
                    whole.width(),
                    height)
                .add(
                    Svg.hint(
                        "%s, %s: %s"
                            .formatted(
                                column.name(), series.get(i).name(), Numbers.share(share, 1)))));
        below += share;
      }
    }
  }

  private double widestName() {
    return columns.stream().mapToDouble(column -> Svg.widthOf(column.name())).max().orElseThrow();
  }
}
