package ser.serve.engine;

import java.util.Arrays;

/**
 * A recording's samples as a picture has them: the lowest and the highest of each short piece.
 * Memory does not grow with the recording: whenever all columns are in use, pairs are joined.
 */
public final class Envelope {
  /** Even. */
  static final int MOST_COLUMNS = 1000;

  private final float[] low = new float[MOST_COLUMNS];
  private final float[] high = new float[MOST_COLUMNS];
  private int columns;
  private long samplesPerColumn = 1;
  private long inLast;

  void add(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      add(samples[i]);
    }
  }

  /** Lowest sample of each piece, as a fraction of full scale. */
  public float[] low() {
    return Arrays.copyOf(low, columns);
  }

  /** Highest sample of each piece. */
  public float[] high() {
    return Arrays.copyOf(high, columns);
  }

  private void add(float sample) {
    if (columns == 0 || inLast == samplesPerColumn) {
      if (columns == MOST_COLUMNS) {
        joinPairs();
      }
      low[columns] = sample;
      high[columns] = sample;
      columns++;
      inLast = 0;
    } else {
      low[columns - 1] = Math.min(low[columns - 1], sample);
      high[columns - 1] = Math.max(high[columns - 1], sample);
    }
    inLast++;
  }

  private void joinPairs() {
    for (int i = 0; i < MOST_COLUMNS / 2; i++) {
      low[i] = Math.min(low[2 * i], low[2 * i + 1]);
      high[i] = Math.max(high[2 * i], high[2 * i + 1]);
    }
    columns = MOST_COLUMNS / 2;
    samplesPerColumn *= 2;
  }
}
