package ser.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelSpec;

/**
 * Feature settings as JSON, in the features table and in the model file.
 *
 * <p>Keys: {@code schema_version}; {@code sample_rate_hz}, a whole number or {@code "native"};
 * {@code n_fft}, {@code window_length}, {@code hop_length} in samples; {@code window}, a name;
 * {@code center}, true or false; {@code mel_bands}; {@code f_min_hz}, {@code f_max_hz} (null for
 * half the sample rate); {@code mel_scale}, {@code mel_norm}, names; {@code power} 1 or 2; {@code
 * top_db} in decibels; {@code mfcc_coefficients}; {@code features}, a list of column names. Where
 * the feature is among them also {@code contrast_f_min_hz} and {@code contrast_octaves}, {@code
 * chroma_tuning} (semitones or {@code "estimate"}), {@code pitch_f_min_hz}, {@code pitch_f_max_hz}
 * and {@code pitch_trough_threshold}.
 *
 * <p>Version 1 knew the standard features only, with {@code window} "hann", {@code center} true,
 * {@code mel_scale} and {@code mel_norm} "slaney" and {@code power} 2. Settings that it can say are
 * still written as version 1, so that programs which read no other go on reading them; all others
 * are written as version 2. Both are read.
 */
public final class FeatureSpecJson {
  static final int FIRST_VERSION = 1;

  /** The highest version that is written, and read. */
  public static final int SCHEMA_VERSION = 2;

  static final String NATIVE = "native";
  static final String ESTIMATE = "estimate";

  private FeatureSpecJson() {}

  /** The settings as a JSON object, keys in a fixed order. */
  public static ObjectNode toJson(FeatureSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema_version", versionOf(spec));
    if (spec.sampleRateHz() == FeatureSpec.NATIVE_RATE) {
      json.put("sample_rate_hz", NATIVE);
    } else {
      json.put("sample_rate_hz", spec.sampleRateHz());
    }
    json.put("n_fft", spec.frames().nFft());
    json.put("window_length", spec.frames().windowLength());
    json.put("hop_length", spec.frames().hopLength());
    json.put("window", spec.frames().window().label());
    json.put("center", spec.frames().centred());
    json.put("mel_bands", spec.mel().bands());
    json.put("f_min_hz", spec.mel().fMinHz());
    if (spec.mel().fMaxHz() == 0) {
      json.putNull("f_max_hz");
    } else {
      json.put("f_max_hz", spec.mel().fMaxHz());
    }
    json.put("mel_scale", spec.mel().scale().label());
    json.put("mel_norm", spec.mel().norm().label());
    json.put("power", (double) spec.mel().power());
    json.put("top_db", spec.mel().topDb());
    json.put("mfcc_coefficients", spec.mfccCoefficients());
    ArrayNode features = json.putArray("features");
    spec.features().forEach(feature -> features.add(feature.columnName()));
    putExtended(spec, json);
    return json;
  }

  private static int versionOf(FeatureSpec spec) {
    FrameSpec frames = spec.frames();
    MelSpec mel = spec.mel();
    boolean first =
        Feature.STANDARD.containsAll(spec.features())
            && frames.equals(
                new FrameSpec(frames.nFft(), frames.windowLength(), frames.hopLength()))
            && mel.equals(new MelSpec(mel.bands(), mel.fMinHz(), mel.fMaxHz(), mel.topDb()));
    return first ? FIRST_VERSION : SCHEMA_VERSION;
  }

  private static void putExtended(FeatureSpec spec, ObjectNode json) {
    if (spec.features().contains(Feature.SPECTRAL_CONTRAST)) {
      json.put("contrast_f_min_hz", spec.contrast().fMinHz());
      json.put("contrast_octaves", spec.contrast().octaves());
    }
    if (spec.features().contains(Feature.CHROMA)) {
      if (spec.chroma().estimated()) {
        json.put("chroma_tuning", ESTIMATE);
      } else {
        json.put("chroma_tuning", spec.chroma().tuning());
      }
    }
    if (spec.features().contains(Feature.PITCH)) {
      json.put("pitch_f_min_hz", spec.pitch().fMinHz());
      json.put("pitch_f_max_hz", spec.pitch().fMaxHz());
      json.put("pitch_trough_threshold", spec.pitch().troughThreshold());
    }
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
    return FeatureSpecReader.read(json);
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
    Set<String> keys = new LinkedHashSet<>(keysInOrder(one));
    keys.addAll(keysInOrder(other));
    keys.remove("schema_version");
    for (String key : keys) {
      if (!Objects.equals(one.get(key), other.get(key))) {
        differences.add(
            "%s %s and %s".formatted(key, inWords(one.get(key)), inWords(other.get(key))));
      }
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
  }

  static List<String> keysInOrder(JsonNode json) {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static String inWords(JsonNode value) {
    if (value == null) {
      return "none";
    }
    if (value.isNull()) {
      return "half the sample rate";
    }
    if (value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue())) {
      return Long.toString(value.longValue());
    }
    return value.isTextual() ? value.textValue() : value.toString().replace("\"", "");
  }
}
