package ser.report.chart;

import java.util.List;
import ser.report.markup.Element;

/** Names of the series beside their colours, in one line above a chart. */
final class Legend {
  private static final double SWATCH = 11;
  private static final double GAP = 6;

  /** Room that it needs. */
  static final double HEIGHT = 24;

  /** The style sheet has the colours 1 to 8; more than these nobody can tell apart. */
  static final int COLOURS = 8;

  private Legend() {}

  /**
   * @param first colour of the first series
   */
  static void draw(Element svg, double left, List<String> names, int first) {
    double x = left;
    for (int i = 0; i < names.size(); i++) {
      svg.add(Svg.rectangle(fill(first + i), x, 3, SWATCH, SWATCH));
      x += SWATCH + GAP;
      svg.add(Svg.text("tick start", x, 13, names.get(i)));
      x += Svg.widthOf(names.get(i)) + 3 * GAP;
    }
  }

  static String fill(int colour) {
    return "fill-" + colour;
  }

  static String stroke(int colour) {
    return "stroke-" + colour;
  }

  static void requireFew(int series, int most) {
    if (series < 1 || series > most) {
      throw new IllegalArgumentException(
          "a chart has from 1 to %d series, not %d".formatted(most, series));
    }
  }
}
