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
  private static final double LINE_OF_TEXT = 14;

  /** Shades of the style sheet, shade-0 for nothing to shade-{@value} for the whole row. */
  private static final int SHADES = 10;

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
    // Names that are wider than their column stand on two levels in turn.
    int levels = names.stream().anyMatch(name -> Svg.widthOf(name) > cell) ? 2 : 1;
    double top = TOP + (levels - 1) * LINE_OF_TEXT;
    Element svg = Svg.picture(WIDTH, top + height * names.size() + 2, label);
    svg.add(Svg.text("axis-title start", 0, top - 8, rows));
    svg.add(Svg.text("axis-title middle", LEFT + (WIDTH - LEFT) / 2, 12, columns));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      double baseline = top - 8 - i % levels * LINE_OF_TEXT;
      svg.add(
          Svg.text(
                  "small middle",
                  LEFT + (i + 0.5) * cell,
                  baseline,
                  Svg.fitted(name, levels * cell))
              .add(Svg.hint(name)));
      svg.add(
          Svg.text("tick end", LEFT - 8, top + (i + 0.5) * height + 4, Svg.fitted(name, LEFT - 8)));
      drawRow(svg, i, new Frame(LEFT, top + i * height, cell, height));
    }
    svg.appendTo(html);
  }

  /**
   * @param first cell of the row
   */
  private void drawRow(Element svg, int row, Frame first) {
    long total = Arrays.stream(counts[row]).sum();
    for (int column = 0; column < names.size(); column++) {
      long count = counts[row][column];
      long shade = total == 0 ? 0 : Math.round((double) SHADES * count / total);
      double x = first.left() + column * first.width();
      svg.add(
          Svg.rectangle("cell shade-" + shade, x, first.top(), first.width(), first.height())
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
        svg.add(
            Svg.text(
                style,
                x + first.width() / 2,
                first.top() + first.height() / 2 + 4,
                Numbers.count(count)));
      }
    }
  }
}
