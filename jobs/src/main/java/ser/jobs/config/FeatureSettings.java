package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import ser.features.spec.ChromaSpec;
import ser.features.spec.ContrastSpec;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;
import ser.features.spec.PitchSpec;
import ser.features.spec.Preset;
import ser.features.spec.Window;

/** Reads {@code ser.features}. */
public final class FeatureSettings {
  private static final String GROUP = "ser.features";
  private static final String PRESET = "preset";
  private static final String RATE = "sample-rate-hz";

  private FeatureSettings() {}

  /** The preset, with the keys that say something else than "preset" in its place. */
  public static FeatureSpec from(Config config) {
    Settings settings = new Settings(config, GROUP);
    Set<Feature> columns = settings.checked(() -> columns(settings.list("columns")), "columns");
    return spec(settings, preset(settings).spec(columns));
  }

  /**
   * What a table would have to be like for those keys that were set: all others are the table's.
   *
   * @param table settings that a table was made with
   */
  static FeatureSpec over(Config config, FeatureSpec table) {
    Settings settings = new Settings(config, GROUP);
    // The default preset is what nobody has asked for.
    FeatureSpec others =
        settings.says(PRESET, Preset.LIBROSA.label())
            ? table
            : preset(settings).spec(table.features());
    return spec(settings, others);
  }

  private static Preset preset(Settings settings) {
    return settings.checked(() -> Preset.of(settings.text(PRESET)), PRESET);
  }

  private static FeatureSpec spec(Settings settings, FeatureSpec preset) {
    FrameSpec frames = frames(settings, preset.frames());
    MelSpec mel = mel(settings, preset.mel());
    ContrastSpec contrast = contrast(settings, preset.contrast());
    ChromaSpec chroma = chroma(settings, preset.chroma());
    PitchSpec pitch = pitch(settings, preset.pitch());
    return settings.checked(
        () ->
            new FeatureSpec(
                settings.says(RATE, "native")
                    ? FeatureSpec.NATIVE_RATE
                    : rate(integer(settings, RATE, preset.sampleRateHz()), settings),
                frames,
                mel,
                integer(settings, "mfcc-coefficients", preset.mfccCoefficients()),
                preset.features(),
                contrast,
                chroma,
                pitch),
        RATE,
        "mfcc-coefficients",
        "f-max-hz",
        "contrast-f-min-hz",
        "contrast-octaves",
        "pitch-f-min-hz",
        "pitch-f-max-hz",
        "columns");
  }

  private static FrameSpec frames(Settings settings, FrameSpec preset) {
    return settings.checked(
        () ->
            new FrameSpec(
                integer(settings, "n-fft", preset.nFft()),
                integer(settings, "window-length-samples", preset.windowLength()),
                integer(settings, "hop-length-samples", preset.hopLength()),
                named(settings, "window", Window::of, preset.window()),
                settings.says("center", PRESET) ? preset.centred() : settings.truth("center")),
        "n-fft",
        "window-length-samples",
        "hop-length-samples",
        "window");
  }

  private static MelSpec mel(Settings settings, MelSpec preset) {
    return settings.checked(
        () ->
            new MelSpec(
                integer(settings, "mel-bands", preset.bands()),
                decimal(settings, "f-min-hz", preset.fMinHz()),
                decimal(settings, "f-max-hz", preset.fMaxHz()),
                decimal(settings, "top-db", preset.topDb()),
                named(settings, "mel-scale", MelScale::of, preset.scale()),
                named(settings, "mel-norm", MelNorm::of, preset.norm()),
                integer(settings, "power", preset.power())),
        "mel-bands",
        "f-min-hz",
        "f-max-hz",
        "top-db",
        "mel-scale",
        "mel-norm",
        "power");
  }

  private static ContrastSpec contrast(Settings settings, ContrastSpec preset) {
    return settings.checked(
        () ->
            new ContrastSpec(
                decimal(settings, "contrast-f-min-hz", preset.fMinHz()),
                integer(settings, "contrast-octaves", preset.octaves())),
        "contrast-f-min-hz",
        "contrast-octaves");
  }

  private static ChromaSpec chroma(Settings settings, ChromaSpec preset) {
    String key = "chroma-tuning";
    if (settings.says(key, PRESET)) {
      return preset;
    }
    return settings.says(key, "estimate")
        ? ChromaSpec.estimate()
        : settings.checked(() -> ChromaSpec.tunedTo(settings.decimal(key)), key);
  }

  private static PitchSpec pitch(Settings settings, PitchSpec preset) {
    return settings.checked(
        () ->
            new PitchSpec(
                decimal(settings, "pitch-f-min-hz", preset.fMinHz()),
                decimal(settings, "pitch-f-max-hz", preset.fMaxHz()),
                decimal(settings, "pitch-trough-threshold", preset.troughThreshold())),
        "pitch-f-min-hz",
        "pitch-f-max-hz",
        "pitch-trough-threshold");
  }

  /** The number that stands for a recording's own rate is nobody's to write. */
  private static int rate(int hz, Settings settings) {
    if (hz == FeatureSpec.NATIVE_RATE && !settings.says(RATE, PRESET)) {
      throw new IllegalArgumentException(
          "sample rate %d; say native for the recordings' own".formatted(hz));
    }
    return hz;
  }

  private static <T> T named(Settings settings, String key, Function<String, T> of, T preset) {
    return settings.says(key, PRESET) ? preset : of.apply(settings.text(key));
  }

  private static int integer(Settings settings, String key, int preset) {
    return settings.says(key, PRESET) ? preset : settings.integer(key);
  }

  private static double decimal(Settings settings, String key, double preset) {
    return settings.says(key, PRESET) ? preset : settings.decimal(key);
  }

  private static Set<Feature> columns(List<String> names) {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    names.forEach(name -> features.add(Feature.ofColumnName(name)));
    if (features.isEmpty()) {
      throw new IllegalArgumentException("at least one feature must be named");
    }
    return features;
  }
}
