package ser.report.chart;

import java.util.List;
import java.util.Optional;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * Horizontal bars, one below the other, from 0 on; each may be stacked from several series. The
 * number stands beside its bar, so there is no axis to read it from.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param series names of the parts of each bar; a single one gets no legend
 * @param bars from the top down, at least one
 * @param unit what the lengths are
 */
public record BarChart(String label, List<String> series, List<Bar> bars, Unit unit)
    implements Markup {
  private static final double WIDTH = 460;
  private static final double ROW = 24;
  private static final double THICKNESS = 15;
  private static final double GAP = 8;
  private static final double WIDEST_NAME = 170;

  /** What the lengths of bars are. */
  public enum Unit {
    /** Numbers; the longest bar fills the chart. */
    NUMBER,
    /** Shares from 0 to 1, written in percent; 1 fills the chart. */
    SHARE
  }

  /**
   * One bar.
   *
   * @param name shortened in the chart where it is too long
   * @param values by series, none negative
   * @param own colour of a bar that is not stacked; empty for that of its chart
   */
  public record Bar(String name, List<Double> values, Optional<Colour> own) {
    public Bar {
      values = List.copyOf(values);
      if (own.isPresent() && values.size() > 1) {
        throw new IllegalArgumentException(
            "bar '%s' has a colour of its own, but %d parts".formatted(name, values.size()));
      }
      if (!values.stream().allMatch(value -> value >= 0 && Double.isFinite(value))) {
        throw new IllegalArgumentException("bar '%s' has lengths %s".formatted(name, values));
      }
    }

    public Bar(String name, List<Double> values) {
      this(name, values, Optional.empty());
    }

    /** One that is not stacked. */
    public Bar(String name, double value, Colour own) {
      this(name, List.of(value), Optional.of(own));
    }

    double total() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  public BarChart {
    series = List.copyOf(series);
    bars = List.copyOf(bars);
    Legend.requireFew(series.size(), Legend.COLOURS - 1);
    if (unit == Unit.SHARE && bars.stream().anyMatch(bar -> bar.total() > 1)) {
      throw new IllegalArgumentException("a share is above 1: %s".formatted(bars));
    }
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("a bar chart needs a bar: %s".formatted(label));
    }
    for (Bar bar : bars) {
      if (bar.values().size() != series.size()) {
        throw new IllegalArgumentException(
            "bar '%s' has %d values for %d series"
                .formatted(bar.name(), bar.values().size(), series.size()));
      }
    }
  }

  public BarChart(String label, List<String> series, List<Bar> bars) {
    this(label, series, bars, Unit.NUMBER);
  }

  /** Bars of one series, each a share of the same whole, so that a full bar is 100%. */
  public static BarChart ofShares(String label, List<Bar> bars) {
    return new BarChart(label, List.of(""), bars, Unit.SHARE);
  }

  /** Bars of one series. */
  public static BarChart of(String label, List<Bar> bars) {
    return new BarChart(label, List.of(""), bars);
  }

  @Override
  public void appendTo(StringBuilder html) {
    double top = series.size() > 1 ? Legend.HEIGHT : 0;
    Element svg = Svg.picture(WIDTH, top + ROW * bars.size(), label);
    double left = nameWidth() + GAP;
    if (series.size() > 1) {
      Legend.draw(svg, left, series, firstColour());
    }
    double longest =
        unit == Unit.SHARE ? 1 : bars.stream().mapToDouble(Bar::total).max().orElseThrow();
    double room = WIDTH - left - GAP - numberWidth();
    double scale = longest > 0 ? room / longest : 0;
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), new Frame(left, top + i * ROW, room, ROW), scale);
    }
    svg.appendTo(html);
  }

  private void draw(Element svg, Bar bar, Frame row, double scale) {
    double y = row.top() + (ROW - THICKNESS) / 2;
    double baseline = row.top() + ROW / 2 + 4;
    Element name =
        Svg.text("tick end", row.left() - GAP, baseline, Svg.fitted(bar.name(), WIDEST_NAME));
    svg.add(name.add(Svg.hint(bar.name())));
    double x = row.left();
    for (int i = 0; i < series.size(); i++) {
      double length = bar.values().get(i) * scale;
      if (length > 0) {
        svg.add(
            Svg.rectangle(colour(bar, i).style(), x, y, length, THICKNESS)
                .add(
                    Svg.hint(
                        "%s %s: %s"
                            .formatted(bar.name(), series.get(i), number(bar.values().get(i))))));
        x += length;
      }
    }
    svg.add(Svg.text("value start", x + GAP, baseline, number(bar.total())));
  }

  private Colour colour(Bar bar, int series) {
    return bar.own().orElseGet(() -> Colour.numbered(firstColour() + series));
  }

  /** The first colour is that of plain bars: a part of a bar beside them must not look like one. */
  private int firstColour() {
    return series.size() > 1 ? 2 : 1;
  }

  private double nameWidth() {
    double widest = bars.stream().mapToDouble(bar -> Svg.widthOf(bar.name())).max().orElseThrow();
    return Math.min(WIDEST_NAME, widest);
  }

  private double numberWidth() {
    return bars.stream().mapToDouble(bar -> Svg.widthOf(number(bar.total()))).max().orElseThrow();
  }

  private String number(double value) {
    if (unit == Unit.SHARE) {
      return Numbers.decimal(100 * value, 1) + "%";
    }
    return value == Math.rint(value)
        ? Numbers.count((long) value)
        : Numbers.decimal(value, value < 10 ? 3 : 1);
  }
}
