package ser.features;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

/**
 * The features of one clip, all with the same frames.
 *
 * @param frames columns of every matrix
 * @param durationS length of the clip they were computed from, in seconds
 * @param matrices what the {@link FeatureSpec} asked for
 */
public record Features(int frames, double durationS, Map<Feature, FeatureMatrix> matrices)
    implements Serializable {
  public Features {
    matrices = Collections.unmodifiableMap(new EnumMap<>(matrices));
  }

  /**
   * @throws IllegalArgumentException if the spec did not ask for this feature
   */
  public FeatureMatrix matrix(Feature feature) {
    FeatureMatrix matrix = matrices.get(feature);
    if (matrix == null) {
      throw new IllegalArgumentException(
          "%s was not computed; the feature spec names %s"
              .formatted(feature.columnName(), matrices.keySet()));
    }
    return matrix;
  }
}
