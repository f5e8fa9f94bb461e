package ser.model.input;

import static ser.model.Require.require;

/**
 * One input of a network.
 *
 * @param values planar, shape [channels * rows][frames]; not copied
 * @param frames columns
 * @param validFrames columns that count; behind them stands padding that is neither measured nor
 *     normalised
 */
@SuppressWarnings("ArrayRecordComponent")
public record InputMatrix(float[] values, int frames, int validFrames) {
  public InputMatrix {
    require(
        frames > 0 && validFrames > 0 && validFrames <= frames && values.length % frames == 0,
        "%s values do not make rows of %s frames, %s of them valid",
        values.length,
        frames,
        validFrames);
  }

  public int rows() {
    return values.length / frames;
  }
}
