package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.Optional;
import ser.features.spec.FeatureSpec;
import ser.model.file.FeatureSpecJson;

/**
 * Which feature settings a training asks of its tables: those keys of {@code ser.features} that its
 * recipe, its file or its command line sets.
 *
 * @param features the group {@code ser.features}
 */
public record FeatureDemand(Config features) {

  static FeatureDemand from(Config config) {
    return new FeatureDemand(config.withOnlyPath("ser.features"));
  }

  /**
   * @param table settings that a table was made with
   * @return in words, what was asked for otherwise; empty if nothing was
   */
  public Optional<String> unmetBy(FeatureSpec table) {
    return FeatureSpecJson.differences(table, FeatureSettings.over(features, table));
  }
}
