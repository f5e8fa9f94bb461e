package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.EnumSet;
import java.util.List;
import ser.features.Feature;
import ser.features.FeatureSpec;
import ser.features.FrameSpec;
import ser.features.MelSpec;

/** Reads {@code ser.features}. */
public final class FeatureSettings {
  private static final String PRESET = "preset";

  private FeatureSettings() {}

  /** The preset, with the keys that say something else than "preset" in its place. */
  public static FeatureSpec from(Config config) {
    Settings settings = new Settings(config, "ser.features");
    FeatureSpec preset = settings.checked(PRESET, () -> FeatureSpec.preset(settings.text(PRESET)));
    FrameSpec frames = preset.frames();
    MelSpec mel = preset.mel();
    return settings.checked(
        PRESET,
        () ->
            new FeatureSpec(
                settings.says("sample-rate-hz", "native")
                    ? FeatureSpec.NATIVE_RATE
                    : integer(settings, "sample-rate-hz", preset.sampleRateHz()),
                new FrameSpec(
                    integer(settings, "n-fft", frames.nFft()),
                    integer(settings, "window-length-samples", frames.windowLength()),
                    integer(settings, "hop-length-samples", frames.hopLength())),
                new MelSpec(
                    integer(settings, "mel-bands", mel.bands()),
                    decimal(settings, "f-min-hz", mel.fMinHz()),
                    decimal(settings, "f-max-hz", mel.fMaxHz()),
                    decimal(settings, "top-db", mel.topDb())),
                integer(settings, "mfcc-coefficients", preset.mfccCoefficients()),
                columns(settings.list("columns"))));
  }

  private static int integer(Settings settings, String key, int preset) {
    return settings.says(key, PRESET) ? preset : settings.integer(key);
  }

  private static double decimal(Settings settings, String key, double preset) {
    return settings.says(key, PRESET) ? preset : settings.decimal(key);
  }

  private static EnumSet<Feature> columns(List<String> names) {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    names.forEach(name -> features.add(Feature.ofColumnName(name)));
    return features;
  }
}
