package ser.model.file;

import static ser.model.file.FeatureSpecJson.ESTIMATE;
import static ser.model.file.FeatureSpecJson.FIRST_VERSION;
import static ser.model.file.FeatureSpecJson.NATIVE;
import static ser.model.file.FeatureSpecJson.SCHEMA_VERSION;
import static ser.model.file.FeatureSpecJson.toJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ser.features.spec.ChromaSpec;
import ser.features.spec.ContrastSpec;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;
import ser.features.spec.PitchSpec;
import ser.features.spec.Window;

/** Reads what {@link FeatureSpecJson} describes; errors name the key, its value and the rule. */
final class FeatureSpecReader {
  /** What version 1 says of these keys. */
  private static final List<String> FIXED_IN_FIRST =
      List.of("window", "center", "mel_scale", "mel_norm", "power");

  private FeatureSpecReader() {}

  /**
   * @throws IllegalArgumentException if a key is unknown or missing, or has a value that it cannot
   *     have
   */
  static FeatureSpec read(JsonNode json) {
    Set<Feature> features = features(json);
    int version = version(json, features);
    requireKeys(json, features);
    if (version == FIRST_VERSION) {
      ObjectNode fixed = toJson(FeatureSpec.librosa());
      for (String key : FIXED_IN_FIRST) {
        require(sameValue(json.get(key), fixed.get(key)), key, json, "must be " + fixed.get(key));
      }
    }
    return new FeatureSpec(
        sampleRateHz(json),
        new FrameSpec(
            wholeNumber(json, "n_fft"),
            wholeNumber(json, "window_length"),
            wholeNumber(json, "hop_length"),
            Window.of(text(json, "window")),
            truth(json, "center")),
        new MelSpec(
            wholeNumber(json, "mel_bands"),
            number(json, "f_min_hz"),
            fMaxHz(json),
            number(json, "top_db"),
            MelScale.of(text(json, "mel_scale")),
            MelNorm.of(text(json, "mel_norm")),
            power(json)),
        wholeNumber(json, "mfcc_coefficients"),
        features,
        features.contains(Feature.SPECTRAL_CONTRAST)
            ? new ContrastSpec(
                number(json, "contrast_f_min_hz"), wholeNumber(json, "contrast_octaves"))
            : ContrastSpec.LIBROSA,
        features.contains(Feature.CHROMA) ? chroma(json) : ChromaSpec.estimate(),
        features.contains(Feature.PITCH)
            ? new PitchSpec(
                number(json, "pitch_f_min_hz"),
                number(json, "pitch_f_max_hz"),
                number(json, "pitch_trough_threshold"))
            : PitchSpec.LIBROSA);
  }

  private static int version(JsonNode json, Set<Feature> features) {
    JsonNode version = json.get("schema_version");
    boolean known = version != null && version.isIntegralNumber() && version.canConvertToInt();
    require(
        known && version.intValue() >= FIRST_VERSION && version.intValue() <= SCHEMA_VERSION,
        "schema_version",
        json,
        "must be %d or %d; a newer ser may read it".formatted(FIRST_VERSION, SCHEMA_VERSION));
    require(
        version.intValue() > FIRST_VERSION || Feature.STANDARD.containsAll(features),
        "features",
        json,
        "must be of " + Feature.STANDARD.stream().map(Feature::columnName).toList());
    return version.intValue();
  }

  private static void requireKeys(JsonNode json, Set<Feature> features) {
    Set<String> missing = keysOf(toJson(FeatureSpec.librosa().withFeatures(features)));
    Set<String> unknown = keysOf(json);
    Set<String> found = Set.copyOf(unknown);
    unknown.removeAll(missing);
    missing.removeAll(found);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "feature settings lack the keys %s and have the unknown keys %s"
              .formatted(missing, unknown));
    }
  }

  private static Set<String> keysOf(JsonNode json) {
    return new TreeSet<>(FeatureSpecJson.keysInOrder(json));
  }

  private static int sampleRateHz(JsonNode json) {
    if (NATIVE.equals(json.get("sample_rate_hz").textValue())) {
      return FeatureSpec.NATIVE_RATE;
    }
    int rate = wholeNumber(json, "sample_rate_hz");
    require(rate > 0, "sample_rate_hz", json, "must be above 0, or \"native\"");
    return rate;
  }

  private static double fMaxHz(JsonNode json) {
    if (json.get("f_max_hz").isNull()) {
      return 0;
    }
    double fMaxHz = number(json, "f_max_hz");
    require(fMaxHz > 0, "f_max_hz", json, "must be above 0, or null");
    return fMaxHz;
  }

  private static Set<Feature> features(JsonNode json) {
    JsonNode list = json.get("features");
    if (list == null) {
      requireKeys(json, Feature.STANDARD);
    }
    require(list.isArray() && !list.isEmpty(), "features", json, "must be a list of names");
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (JsonNode name : list) {
      require(name.isTextual(), "features", json, "must be a list of names");
      require(
          features.add(Feature.ofColumnName(name.textValue())),
          "features",
          json,
          "must not name one twice");
    }
    return features;
  }

  private static ChromaSpec chroma(JsonNode json) {
    return ESTIMATE.equals(json.get("chroma_tuning").textValue())
        ? ChromaSpec.estimate()
        : ChromaSpec.tunedTo(number(json, "chroma_tuning"));
  }

  private static int power(JsonNode json) {
    double power = number(json, "power");
    require(power == 1 || power == 2, "power", json, "must be 1 or 2");
    return (int) power;
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.get(key);
    require(value.isTextual(), key, json, "must be a name");
    return value.textValue();
  }

  private static boolean truth(JsonNode json, String key) {
    JsonNode value = json.get(key);
    require(value.isBoolean(), key, json, "must be true or false");
    return value.booleanValue();
  }

  private static int wholeNumber(JsonNode json, String key) {
    JsonNode value = json.get(key);
    require(
        value.isIntegralNumber() && value.canConvertToInt(), key, json, "must be a whole number");
    return value.intValue();
  }

  private static double number(JsonNode json, String key) {
    JsonNode value = json.get(key);
    require(
        value.isNumber() && Double.isFinite(value.doubleValue()), key, json, "must be a number");
    return value.doubleValue();
  }

  private static boolean sameValue(JsonNode found, JsonNode expected) {
    return expected.isNumber()
        ? found.isNumber() && found.doubleValue() == expected.doubleValue()
        : found.equals(expected);
  }

  private static void require(boolean condition, String key, JsonNode json, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(
          "feature setting %s is %s, and it %s".formatted(key, json.get(key), rule));
    }
  }
}
