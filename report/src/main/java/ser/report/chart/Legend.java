package ser.report.chart;

import java.util.List;
import ser.report.markup.Element;

/** Names of the series beside their colours, in one line above a chart. */
final class Legend {
  private static final double SWATCH = 11;
  private static final double GAP = 6;

  /** Room that it needs. */
  static final double HEIGHT = 24;

  /** The style sheet has the colours 1 to 9, beside those of the emotions. */
  static final int COLOURS = 9;

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

  /** Room that {@link #drawWrapped} needs. */
  static double wrappedHeight(List<String> names, double width) {
    return HEIGHT * (1 + rowsBefore(names, names.size() - 1, width));
  }

  /**
   * In as many lines as the names need.
   *
   * @param colours of the names
   */
  static void drawWrapped(Element svg, double width, List<String> names, List<Colour> colours) {
    double x = 0;
    int row = 0;
    for (int i = 0; i < names.size(); i++) {
      int now = rowsBefore(names, i, width);
      x = now > row ? 0 : x;
      row = now;
      svg.add(Svg.rectangle(colours.get(i).style(), x, row * HEIGHT + 3, SWATCH, SWATCH));
      svg.add(Svg.text("tick start", x + SWATCH + GAP, row * HEIGHT + 13, names.get(i)));
      x += entryWidth(names.get(i));
    }
  }

  /** Lines above the one in which a name stands. */
  private static int rowsBefore(List<String> names, int index, double width) {
    double x = 0;
    int row = 0;
    for (int i = 0; i <= index; i++) {
      if (x > 0 && x + entryWidth(names.get(i)) > width) {
        x = 0;
        row++;
      }
      x += entryWidth(names.get(i));
    }
    return row;
  }

  private static double entryWidth(String name) {
    return SWATCH + 4 * GAP + Svg.widthOf(name);
  }

  static String fill(int colour) {
    return "fill-" + colour;
  }

  static String stroke(int colour) {
    return "stroke-" + colour;
  }

  static void requireColour(int colour) {
    if (colour < 1 || colour > COLOURS) {
      throw new IllegalArgumentException(
          "there are colours from 1 to %d, and no %d".formatted(COLOURS, colour));
    }
  }

  static void requireFew(int series, int most) {
    if (series < 1 || series > most) {
      throw new IllegalArgumentException(
          "a chart has from 1 to %d series, not %d".formatted(most, series));
    }
  }
}
