package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.features.FeatureSpec;
import ser.features.audio.ClipLimits;

/**
 * What {@code ser extract} does.
 *
 * @param recordings where recordings come from and how they are spread
 * @param output folder or prefix of the tables
 * @param corpus name of a file-name convention, or auto
 * @param spec which features
 * @param limits which clips are worth anything
 */
public record ExtractConfig(
    RecordingSource recordings, String output, String corpus, FeatureSpec spec, ClipLimits limits) {

  private static final String GROUP = "ser.extract";

  public static ExtractConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    return new ExtractConfig(
        RecordingSource.from(config, GROUP),
        settings.required("output", "--output"),
        settings.text("corpus"),
        FeatureSettings.from(config),
        settings.checked(
            () ->
                new ClipLimits(
                    settings.decimal("min-duration-s"),
                    settings.decimal("max-duration-s"),
                    settings.decimal("silent-below")),
            "min-duration-s",
            "max-duration-s",
            "silent-below"));
  }

  /** How many folders or prefixes are read. */
  public List<String> inputs() {
    return recordings.inputs();
  }
}
