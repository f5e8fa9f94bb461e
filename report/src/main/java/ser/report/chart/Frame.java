package ser.report.chart;

import ser.report.chart.Axis.Tick;
import ser.report.markup.Element;

/**
 * The rectangle that data is drawn in, in the units of the picture.
 *
 * @param left of its left edge
 * @param top of its upper edge
 * @param width to its right edge
 * @param height to its lower edge
 */
record Frame(double left, double top, double width, double height) {
  private static final double MARK = 4;
  private static final double LINE_OF_TEXT = 16;

  /** Room that {@link #drawX} needs below the frame. */
  static final double X_AXIS_HEIGHT = 38;

  double right() {
    return left + width;
  }

  double bottom() {
    return top + height;
  }

  double x(double share) {
    return left + share * width;
  }

  double y(double share) {
    return bottom() - share * height;
  }

  /** Marks, their labels and the title below the frame. */
  void drawX(Element svg, Axis axis) {
    svg.add(Svg.line("axis", left, bottom(), right(), bottom()));
    for (Tick tick : axis.ticks()) {
      double x = x(tick.position());
      svg.add(Svg.line("axis", x, bottom(), x, bottom() + MARK));
      svg.add(Svg.text("tick middle", x, bottom() + LINE_OF_TEXT, tick.label()));
    }
    svg.add(
        Svg.text("axis-title middle", left + width / 2, bottom() + 2 * LINE_OF_TEXT, axis.title()));
  }

  /** Marks and their labels left of the frame, and the title above it. */
  void drawY(Element svg, Axis axis) {
    svg.add(Svg.line("axis", left, top, left, bottom()));
    for (Tick tick : axis.ticks()) {
      double y = y(tick.position());
      svg.add(Svg.line("axis", left - MARK, y, left, y));
      svg.add(Svg.text("tick end", left - 2 * MARK, y + MARK, tick.label()));
    }
    svg.add(Svg.text("axis-title start", 0, top - 10, axis.title()));
  }

  void drawGridX(Element svg, Axis axis) {
    for (Tick tick : axis.ticks()) {
      svg.add(Svg.line("grid-line", x(tick.position()), top, x(tick.position()), bottom()));
    }
  }

  void drawGridY(Element svg, Axis axis) {
    for (Tick tick : axis.ticks()) {
      svg.add(Svg.line("grid-line", left, y(tick.position()), right(), y(tick.position())));
    }
  }
}
