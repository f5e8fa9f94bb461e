package ser.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ser.features.Feature;
import ser.features.FeatureSpec;
import ser.features.FrameSpec;
import ser.features.MelSpec;

/**
 * Feature settings as JSON, in the features table and in the model file.
 *
 * <p>Keys: {@code schema_version} 1; {@code sample_rate_hz}, a whole number or {@code "native"};
 * {@code n_fft}, {@code window_length}, {@code hop_length} in samples; {@code mel_bands}; {@code
 * f_min_hz}, {@code f_max_hz} (null for half the sample rate); {@code top_db} in decibels; {@code
 * mfcc_coefficients}; {@code features}, a list of column names. Written for other readers, and
 * accepted with these values only: {@code window} "hann", {@code center} true, {@code mel_scale}
 * "slaney", {@code mel_norm} "slaney", {@code power} 2.0.
 */
public final class FeatureSpecJson {

  /** The version that is written, and the only one that is read. */
  public static final int SCHEMA_VERSION = 1;

  private static final String NATIVE = "native";

  private static final List<String> FIXED =
      List.of("schema_version", "window", "center", "mel_scale", "mel_norm", "power");

  private FeatureSpecJson() {}

  /** The settings as a JSON object, keys in a fixed order. */
  public static ObjectNode toJson(FeatureSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema_version", SCHEMA_VERSION);
    if (spec.sampleRateHz() == FeatureSpec.NATIVE_RATE) {
      json.put("sample_rate_hz", NATIVE);
    } else {
      json.put("sample_rate_hz", spec.sampleRateHz());
    }
    json.put("n_fft", spec.frames().nFft());
    json.put("window_length", spec.frames().windowLength());
    json.put("hop_length", spec.frames().hopLength());
    json.put("window", "hann");
    json.put("center", true);
    json.put("mel_bands", spec.mel().bands());
    json.put("f_min_hz", spec.mel().fMinHz());
    if (spec.mel().fMaxHz() == 0) {
      json.putNull("f_max_hz");
    } else {
      json.put("f_max_hz", spec.mel().fMaxHz());
    }
    json.put("mel_scale", "slaney");
    json.put("mel_norm", "slaney");
    json.put("power", 2.0);
    json.put("top_db", spec.mel().topDb());
    json.put("mfcc_coefficients", spec.mfccCoefficients());
    ArrayNode features = json.putArray("features");
    spec.features().forEach(feature -> features.add(feature.columnName()));
    return json;
  }

  /**
   * @throws IllegalArgumentException if the text is no JSON object, a key is unknown or missing, or
   *     a value is none that these settings can have; the message names the key
   */
  public static FeatureSpec parse(String text) {
    try {
      return fromJson(StrictJson.object(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "feature settings are not a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static FeatureSpec fromJson(JsonNode json) {
    requireKeys(json);
    ObjectNode fixed = toJson(FeatureSpec.librosa());
    for (String key : FIXED) {
      require(sameValue(json.get(key), fixed.get(key)), key, json, "must be " + fixed.get(key));
    }
    return new FeatureSpec(
        sampleRateHz(json),
        new FrameSpec(
            wholeNumber(json, "n_fft"),
            wholeNumber(json, "window_length"),
            wholeNumber(json, "hop_length")),
        new MelSpec(
            wholeNumber(json, "mel_bands"),
            number(json, "f_min_hz"),
            fMaxHz(json),
            number(json, "top_db")),
        wholeNumber(json, "mfcc_coefficients"),
        features(json));
  }

  /**
   * The settings that differ, each with both values, for messages: {@code hop_length 512 and 256,
   * mel_bands 128 and 80}.
   *
   * @return empty if the specs are equal
   */
  public static Optional<String> differences(FeatureSpec first, FeatureSpec second) {
    ObjectNode one = toJson(first);
    ObjectNode other = toJson(second);
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : one.properties()) {
      String key = entry.getKey();
      if (!entry.getValue().equals(other.get(key))) {
        differences.add(
            "%s %s and %s".formatted(key, inWords(entry.getValue()), inWords(other.get(key))));
      }
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
  }

  private static void requireKeys(JsonNode json) {
    Set<String> missing = keysOf(toJson(FeatureSpec.librosa()));
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
    Set<String> keys = new TreeSet<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
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

  private static String inWords(JsonNode value) {
    if (value.isNull()) {
      return "half the sample rate";
    }
    if (value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue())) {
      return Long.toString(value.longValue());
    }
    return value.isTextual() ? value.textValue() : value.toString().replace("\"", "");
  }
}
