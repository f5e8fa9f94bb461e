package ser.jobs.train;

import java.io.Serializable;

/**
 * Which of the inputs of a row one is.
 *
 * @param index counted from 0
 * @param count how many inputs the row gives
 */
record RowPart(int index, int count) implements Serializable {
  static final RowPart WHOLE = new RowPart(0, 1);

  RowPart {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("part %d of %d is none".formatted(index, count));
    }
  }

  boolean isFirst() {
    return index == 0;
  }
}
