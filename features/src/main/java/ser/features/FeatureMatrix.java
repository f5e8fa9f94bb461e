package ser.features;

import static ser.features.Require.require;

import java.io.Serializable;

/**
 * One feature of one clip.
 *
 * <p>The array is not copied: a recording's matrices are large, made once and handed on. Whoever
 * changes it changes the matrix.
 *
 * @param coefficients rows: bands or coefficients
 * @param frames columns: frames in time
 * @param values row-major, shape [coefficients][frames]
 */
@SuppressWarnings("ArrayRecordComponent")
public record FeatureMatrix(int coefficients, int frames, float[] values) implements Serializable {
  public FeatureMatrix {
    require(
        values.length == coefficients * frames,
        "%s values do not make %s coefficients x %s frames",
        values.length,
        coefficients,
        frames);
  }

  public float at(int coefficient, int frame) {
    return values[coefficient * frames + frame];
  }
}
