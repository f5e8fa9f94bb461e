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
  private static final String RATE = "sample-rate-hz";

  private FeatureSettings() {}

  /** The preset, with the keys that say something else than "preset" in its place. */
  public static FeatureSpec from(Config config) {
    Settings settings = new Settings(config, "ser.features");
    FeatureSpec preset = settings.checked(() -> FeatureSpec.preset(settings.text(PRESET)), PRESET);
    FrameSpec frames = frames(settings, preset.frames());
    MelSpec mel = mel(settings, preset.mel());
    return settings.checked(
        () ->
            new FeatureSpec(
                settings.says(RATE, "native")
                    ? FeatureSpec.NATIVE_RATE
                    : integer(settings, RATE, preset.sampleRateHz()),
                frames,
                mel,
                integer(settings, "mfcc-coefficients", preset.mfccCoefficients()),
                columns(settings.list("columns"))),
        RATE,
        "mfcc-coefficients",
        "f-max-hz",
        "columns");
  }

  private static FrameSpec frames(Settings settings, FrameSpec preset) {
    return settings.checked(
        () ->
            new FrameSpec(
                integer(settings, "n-fft", preset.nFft()),
                integer(settings, "window-length-samples", preset.windowLength()),
                integer(settings, "hop-length-samples", preset.hopLength())),
        "n-fft",
        "window-length-samples",
        "hop-length-samples");
  }

  private static MelSpec mel(Settings settings, MelSpec preset) {
    return settings.checked(
        () ->
            new MelSpec(
                integer(settings, "mel-bands", preset.bands()),
                decimal(settings, "f-min-hz", preset.fMinHz()),
                decimal(settings, "f-max-hz", preset.fMaxHz()),
                decimal(settings, "top-db", preset.topDb())),
        "mel-bands",
        "f-min-hz",
        "f-max-hz",
        "top-db");
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
