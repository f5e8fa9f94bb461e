package ser.model.network;

import java.io.Serializable;

/**
 * What goes into a network and what comes out.
 *
 * @param bands rows of the input matrix
 * @param frames columns of the input matrix
 * @param classes probabilities that come out, at least 2
 */
public record NetworkShape(int bands, int frames, int classes) implements Serializable {
  public NetworkShape {
    if (bands < 1 || frames < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "a network needs at least 1 band, 1 frame and 2 classes, not %d, %d and %d"
              .formatted(bands, frames, classes));
    }
  }

  /** Values of one input. */
  public int inputLength() {
    return bands * frames;
  }
}
