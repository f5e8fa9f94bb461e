package ser.report.chart;

import ser.report.image.ColourMap;
import ser.report.image.Matrix;
import ser.report.image.Png;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * A matrix as a picture with axes and a colour scale, such as a spectrogram.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param matrix its first row stands at the bottom
 * @param colours which colour stands for which value
 * @param x from left to right
 * @param y from the bottom up
 */
public record HeatMap(String label, Matrix matrix, Colours colours, Axis x, Axis y)
    implements Markup {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 150;
  private static final double LEFT = 44;
  private static final double RIGHT = 64;
  private static final double TOP = 24;
  private static final double SCALE_WIDTH = 10;
  private static final double SCALE_GAP = 12;
  private static final int SCALE_TICKS = 4;

  /**
   * A colour scale. Values outside it have the colour of its nearer end.
   *
   * @param from value of the first colour
   * @param to value of the last colour
   * @param unit of the values, as a title for the scale; empty for none
   */
  public record Colours(ColourMap map, double from, double to, String unit) {
    /** From the smallest to the largest value of a matrix, or around the only one. */
    public static Colours over(Matrix matrix, ColourMap map, String unit) {
      return between(matrix.quantile(0), matrix.quantile(1), map, unit);
    }

    /** All but the most extreme values of a matrix, one in a hundred at each end. */
    public static Colours overMost(Matrix matrix, ColourMap map, String unit) {
      return between(matrix.quantile(0.01), matrix.quantile(0.99), map, unit);
    }

    private static Colours between(double from, double to, ColourMap map, String unit) {
      return from < to
          ? new Colours(map, from, to, unit)
          : new Colours(map, from - 0.5, from + 0.5, unit);
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Frame frame = new Frame(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT);
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    String picture = Png.uri(matrix, colours.map(), colours.from(), colours.to());
    svg.add(Svg.image(picture, frame.left(), frame.top(), frame.width(), frame.height()));
    frame.drawX(svg, x);
    frame.drawY(svg, y);
    drawScale(svg, frame);
    svg.appendTo(html);
  }

  private void drawScale(Element svg, Frame frame) {
    float[] values = new float[ColourMap.COLOURS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Matrix colourScale = new Matrix(ColourMap.COLOURS, 1, values);
    double left = frame.right() + SCALE_GAP;
    svg.add(
        Svg.image(
            Png.uri(colourScale, colours.map(), 0, ColourMap.COLOURS - 1),
            left,
            frame.top(),
            SCALE_WIDTH,
            frame.height()));
    Axis axis = Axis.linear(colours.unit(), colours.from(), colours.to(), SCALE_TICKS);
    for (Axis.Tick tick : axis.ticks()) {
      svg.add(
          Svg.text(
              "tick start", left + SCALE_WIDTH + 5, frame.y(tick.position()) + 4, tick.label()));
    }
    svg.add(Svg.text("axis-title start", left, frame.top() - 10, axis.title()));
  }
}
