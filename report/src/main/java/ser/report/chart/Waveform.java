package ser.report.chart;

import java.util.Locale;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * A recording's samples over time, as the band between the lowest and the highest sample of each
 * short piece.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param low lowest sample of each piece, as a fraction of full scale
 * @param high highest sample of each piece; as many
 * @param seconds length of the recording
 */
@SuppressWarnings("ArrayRecordComponent")
public record Waveform(String label, float[] low, float[] high, double seconds) implements Markup {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 90;
  private static final double LEFT = 44;
  private static final double RIGHT = 64;
  private static final double TOP = 24;
  private static final int TICKS = 7;
  private static final int LEVEL_TICKS = 5;

  public Waveform {
    if (low.length == 0 || low.length != high.length || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "%d lowest and %d highest samples of %s s make no waveform"
              .formatted(low.length, high.length, seconds));
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Frame frame = new Frame(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT);
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    double most = mostExtreme();
    Axis y = Axis.linear("of full scale", -most, most, LEVEL_TICKS);
    frame.drawGridY(svg, y);
    svg.add(Svg.path("wave", band(frame, most)));
    frame.drawX(svg, Axis.linear("seconds", 0, seconds, TICKS));
    frame.drawY(svg, y);
    svg.appendTo(html);
  }

  /** The axis reaches as far as the samples do, so that quiet recordings can be seen too. */
  private double mostExtreme() {
    double most = 0.001;
    for (int i = 0; i < low.length; i++) {
      most = Math.max(most, Math.max(Math.abs(low[i]), Math.abs(high[i])));
    }
    return most;
  }

  private String band(Frame frame, double most) {
    StringBuilder d = new StringBuilder();
    for (int i = 0; i < high.length; i++) {
      d.append(point(d.isEmpty() ? 'M' : 'L', i, high[i] / most, frame));
    }
    for (int i = low.length - 1; i >= 0; i--) {
      d.append(point('L', i, low[i] / most, frame));
    }
    return d.append('Z').toString();
  }

  private String point(char command, int piece, double level, Frame frame) {
    double x = frame.x((piece + 0.5) / low.length);
    return String.format(
        Locale.ROOT, "%c%s %s", command, Numbers.plain(x), Numbers.plain(frame.y((level + 1) / 2)));
  }
}
