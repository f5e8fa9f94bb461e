package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import ser.features.spec.Feature;

/**
 * Rows of a network's input. Written {@code mfcc:13}, or {@code log_mel:64:delta} for a derivative
 * over time that is taken of the input's own frames.
 *
 * @param feature that they are of
 * @param rows the first so many of it
 * @param derivative 0 for the feature itself, 1 and 2 for {@link ser.features.signal.Delta}
 */
public record InputRows(Feature feature, int rows, int derivative) implements Serializable {
  private static final List<String> DERIVATIVES = List.of("", "delta", "delta2");

  public InputRows {
    Objects.requireNonNull(feature, "feature");
    require(rows > 0 && rows <= 1024, "%s rows of an input must be from 1 to 1024", rows);
    require(
        derivative >= 0 && derivative < DERIVATIVES.size(),
        "derivative %s must be 0, 1 or 2",
        derivative);
  }

  /**
   * @param text {@code feature:rows} or {@code feature:rows:delta} or {@code feature:rows:delta2}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static InputRows parse(String text) {
    String[] parts = text.strip().split(":", -1);
    int derivative = parts.length == 3 ? DERIVATIVES.indexOf(parts[2]) : 0;
    boolean wellFormed = parts.length == 2 || parts.length == 3 && derivative > 0;
    if (!wellFormed || !parts[1].matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "input rows '%s' must be written feature:rows, feature:rows:delta or feature:rows:delta2"
              .formatted(text));
    }
    return new InputRows(Feature.ofColumnName(parts[0]), Integer.parseInt(parts[1]), derivative);
  }

  @Override
  public String toString() {
    String text = feature.columnName() + ":" + rows;
    return derivative == 0 ? text : text + ":" + DERIVATIVES.get(derivative);
  }
}
