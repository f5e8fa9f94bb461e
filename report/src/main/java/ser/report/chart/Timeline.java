package ser.report.chart;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.text.Numbers;

/**
 * What happens when in a recording: a lane for each kind of thing, with a bar from its beginning to
 * its end. A lane has its name beside it, so that nobody needs to tell colours apart.
 *
 * @param label what is to be seen, for those who cannot see it
 * @param seconds length of the recording
 * @param lanes from the top down, at least one
 */
public record Timeline(String label, double seconds, List<Lane> lanes) implements Markup {
  private static final double WIDTH = 460;
  private static final double ROW = 18;
  private static final double THICKNESS = 12;
  private static final double LEFT = 76;
  private static final double RIGHT = 14;
  private static final double LEAST_WIDTH = 1;
  private static final int TICKS = 6;

  /** Longer recordings have their axis in minutes. */
  private static final double LONG_S = 180;

  /** One kind of thing. */
  public record Lane(String name, Colour colour, List<Piece> pieces) {
    public Lane {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * From when to when.
   *
   * @param fromS in seconds
   * @param toS in seconds, after {@code fromS}
   * @param hint what a pointer that rests on it shows
   */
  public record Piece(double fromS, double toS, String hint) {
    public Piece {
      if (!(fromS >= 0 && toS > fromS)) {
        throw new IllegalArgumentException(
            "a piece from %s to %s s has no length".formatted(fromS, toS));
      }
    }
  }

  public Timeline {
    lanes = List.copyOf(lanes);
    if (!(seconds > 0) || lanes.isEmpty()) {
      throw new IllegalArgumentException(
          "%d lanes of %s s make no timeline".formatted(lanes.size(), seconds));
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Frame frame = new Frame(LEFT, 0, WIDTH - LEFT - RIGHT, ROW * lanes.size());
    Element svg = Svg.picture(WIDTH, frame.bottom() + Frame.X_AXIS_HEIGHT, label);
    Axis x =
        seconds > LONG_S
            ? Axis.linear("minutes", 0, seconds / 60, TICKS)
            : Axis.linear("seconds", 0, seconds, TICKS);
    frame.drawGridX(svg, x);
    for (int i = 0; i < lanes.size(); i++) {
      draw(svg, lanes.get(i), new Frame(LEFT, i * ROW, frame.width(), ROW));
    }
    frame.drawX(svg, x);
    svg.appendTo(html);
  }

  private void draw(Element svg, Lane lane, Frame row) {
    svg.add(
        Svg.text("tick end", LEFT - 8, row.top() + ROW / 2 + 4, Svg.fitted(lane.name(), LEFT - 8)));
    for (Piece piece : lane.pieces()) {
      double from = row.x(Math.min(1, piece.fromS() / seconds));
      double to = row.x(Math.min(1, piece.toS() / seconds));
      svg.add(
          Svg.rectangle(
                  lane.colour().style(),
                  from,
                  row.top() + (ROW - THICKNESS) / 2,
                  Math.max(LEAST_WIDTH, to - from),
                  THICKNESS)
              .add(
                  Svg.hint(
                      "%s, %s to %s s%s"
                          .formatted(
                              lane.name(),
                              Numbers.decimal(piece.fromS(), 1),
                              Numbers.decimal(piece.toS(), 1),
                              piece.hint().isEmpty() ? "" : ", " + piece.hint()))));
    }
  }
}
