package ser.report.chart;

import java.util.Arrays;
import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * Counts by row and column as shaded cells with their numbers, such as a confusion matrix. The
 * shade is the share of the row, so that rare rows read like frequent ones.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param rows what the rows are: "spoken"
 * @param columns what the columns are: "recognised"
 * @param names of rows and columns alike
 * @param counts shape [names][names], none negative
 */
@SuppressWarnings("ArrayRecordComponent")
public record MatrixChart(
    String label, String rows, String columns, List<String> names, long[][] counts)
    implements Markup {
  private static final double WIDTH = 460;
  private static final double LEFT = 88;
  private static final double TOP = 44;

  /** Shades of the style sheet, shade-0 for nothing to shade-{@value} for the whole row. */
  private static final int SHADES = 10;

  private static final int LETTERS = 7;

  public MatrixChart {
    names = List.copyOf(names);
    int size = names.size();
    if (size == 0
        || counts.length != size
        || Arrays.stream(counts).anyMatch(row -> row.length != size)) {
      throw new IllegalArgumentException(
          "%d rows of counts do not make a matrix of %d names".formatted(counts.length, size));
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    double cell = (WIDTH - LEFT) / names.size();
    double height = Math.min(cell, 40);
    Element svg = Svg.picture(WIDTH, TOP + height * names.size() + 2, label);
    svg.add(Svg.text("axis-title start", 0, TOP - 10, rows));
    svg.add(Svg.text("axis-title middle", LEFT + (WIDTH - LEFT) / 2, 12, columns));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      svg.add(
          Svg.text("small middle", LEFT + (i + 0.5) * cell, TOP - 8, shortened(name, cell))
              .add(Svg.hint(name)));
      svg.add(
          Svg.text("tick end", LEFT - 8, TOP + (i + 0.5) * height + 4, Svg.fitted(name, LEFT - 8)));
      drawRow(svg, i, cell, height);
    }
    svg.appendTo(html);
  }

  private void drawRow(Element svg, int row, double cell, double height) {
    long total = Arrays.stream(counts[row]).sum();
    for (int column = 0; column < names.size(); column++) {
      long count = counts[row][column];
      long shade = total == 0 ? 0 : Math.round((double) SHADES * count / total);
      double x = LEFT + column * cell;
      double y = TOP + row * height;
      svg.add(
          Svg.rectangle("cell shade-" + shade, x, y, cell, height)
              .add(
                  Svg.hint(
                      "%s as %s: %s, %s"
                          .formatted(
                              names.get(row),
                              names.get(column),
                              Numbers.count(count),
                              Numbers.share(count, total)))));
      if (count > 0) {
        String style = shade > SHADES / 2 ? "on-dark-cell middle" : "on-cell middle";
        svg.add(Svg.text(style, x + cell / 2, y + height / 2 + 4, Numbers.count(count)));
      }
    }
  }

  private static String shortened(String name, double cell) {
    return Svg.fitted(name, Math.max(cell, 4 * Svg.LETTER_WIDTH))
        .substring(0, Math.min(name.length(), LETTERS));
  }
}
