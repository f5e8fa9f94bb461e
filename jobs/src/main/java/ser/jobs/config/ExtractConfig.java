package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.features.audio.ClipLimits;
import ser.features.augment.AugmentationPlan;
import ser.features.spec.FeatureSpec;

/**
 * What {@code ser extract} does.
 *
 * @param recordings where recordings come from and how they are spread
 * @param output folder or prefix of the tables
 * @param labels where emotion and speaker of a recording are read
 * @param spec which features
 * @param limits which clips are worth anything
 * @param augmentation which variants of each recording are made
 * @param reprocessQuarantine whether recordings in quarantine are tried again
 * @param fileBytes bytes of rows that go into a file of the features table, about
 */
public record ExtractConfig(
    RecordingSource recordings,
    String output,
    LabelSource labels,
    FeatureSpec spec,
    ClipLimits limits,
    AugmentationPlan augmentation,
    boolean reprocessQuarantine,
    long fileBytes) {

  private static final String GROUP = "ser.extract";

  public static ExtractConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    FeatureSpec spec = FeatureSettings.from(config);
    AugmentationPlan augmentation = AugmentationSettings.from(config, spec);
    return new ExtractConfig(
        RecordingSource.from(config, GROUP),
        settings.required("output", "--output"),
        LabelSource.from(config, GROUP),
        spec,
        settings.checked(
            () ->
                new ClipLimits(
                    settings.decimal("min-duration-s"),
                    settings.decimal("max-duration-s"),
                    settings.decimal("silent-below")),
            "min-duration-s",
            "max-duration-s",
            "silent-below"),
        augmentation,
        settings.truth("reprocess-quarantine"),
        settings.above("file-bytes", 0));
  }

  /** How many folders or prefixes are read. */
  public List<String> inputs() {
    return recordings.inputs();
  }
}
