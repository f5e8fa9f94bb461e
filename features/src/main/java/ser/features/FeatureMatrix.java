package ser.features;

import static ser.features.spec.Require.require;

import java.io.Serializable;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

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

  /** All 0, of the shape that the spec gives the feature. */
  static FeatureMatrix zeros(FeatureSpec spec, Feature feature, int frames) {
    int coefficients = spec.coefficientsOf(feature);
    return new FeatureMatrix(
        coefficients, frames, new float[Math.multiplyExact(coefficients, frames)]);
  }

  public float at(int coefficient, int frame) {
    return values[coefficient * frames + frame];
  }
}
