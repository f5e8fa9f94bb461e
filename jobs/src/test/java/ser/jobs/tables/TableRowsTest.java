package ser.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ser.features.FeatureExtractor;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.jobs.storage.RecordingFile;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.corpus.CorpusOrigin;
import ser.model.corpus.RecordingLabels;

/** A row has a value for each column of its schema, of the column's type. */
class TableRowsTest {
  private static final List<Emotion> LABELS = List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);
  private static final WindowTable.Place PLACE = new WindowTable.Place("a/b c.wav", 1, 1.5, 4.5);
  private static final WindowTable.Origin ORIGIN = new WindowTable.Origin("model", "run");

  /** What Spark takes for a column; arrays of floats arrive as they are. */
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "string", String.class,
          "integer", Integer.class,
          "long", Long.class,
          "double", Double.class,
          "boolean", Boolean.class,
          "timestamp", Timestamp.class,
          "array", float[].class);

  @ParameterizedTest
  @EnumSource
  void givenAReason_whenARowIsMade_thenItFitsTheQuarantine(RejectionReason reason) {
    Row row =
        QuarantineTable.row(
            new RecordingFile("file:/in/a%20b.wav", "a b.wav", 17, 1_700_000_000_123L),
            new UnreadableAudioException(reason, "what is wrong"),
            "run");

    assertThat(values(row, QuarantineTable.SCHEMA))
        .containsEntry("recording", "a b.wav")
        .containsEntry("size_bytes", 17L)
        .containsEntry("reason", reason.code())
        .containsEntry("run_id", "run")
        .containsEntry("source_modified", new Timestamp(1_700_000_000_123L))
        .containsEntry("duplicate_of", null)
        .extractingByKey("detail")
        .asString()
        .contains("what is wrong");
  }

  @Test
  void givenAWindowOfSpeech_whenARowIsMade_thenItHasTheBestLabelAndEveryProbability() {
    Row row =
        WindowTable.row(PLACE, LABELS, Optional.of(new float[] {0.25f, 0.5f, 0.25f}), 0, ORIGIN);

    assertThat(values(row, WindowTable.schema(LABELS)))
        .containsEntry("recording", "a/b c.wav")
        .containsEntry("channel", 1)
        .containsEntry("start_s", 1.5)
        .containsEntry("end_s", 4.5)
        .containsEntry("speech", true)
        .containsEntry("emotion", "sad")
        .containsEntry("confidence", 0.5)
        .containsEntry("p_happy", 0.25)
        .containsEntry("p_sad", 0.5)
        .containsEntry("p_angry", 0.25)
        .containsEntry("model_id", "model")
        .containsEntry("run_id", "run");
  }

  @Test
  void givenEqualProbabilities_whenARowIsMade_thenTheFirstLabelWins() {
    Row row =
        WindowTable.row(PLACE, LABELS, Optional.of(new float[] {0.2f, 0.4f, 0.4f}), 0, ORIGIN);

    assertThat(values(row, WindowTable.schema(LABELS))).containsEntry("emotion", "sad");
  }

  @Test
  void givenAWindowWithoutSpeech_whenARowIsMade_thenWhatIsUnknownIsNull() {
    Map<String, Object> values =
        values(
            WindowTable.row(PLACE, LABELS, Optional.empty(), 0, ORIGIN),
            WindowTable.schema(LABELS));

    assertThat(values).containsEntry("speech", false);
    assertThat(values.entrySet().stream().filter(entry -> entry.getValue() == null))
        .extracting(Map.Entry::getKey)
        .containsExactly("confidence", "emotion", "p_angry", "p_happy", "p_sad");
  }

  @Test
  void givenFeatures_whenARowIsMade_thenItFitsTheSchemaOfItsSpec() {
    FeatureSpec spec = FeatureSpec.telephone();
    Features features = new FeatureExtractor(spec).extract(new Clip(new float[8_000], 8_000));

    Map<String, Object> values =
        values(
            FeatureTable.row(identity(), new Variant("noise-2", "snr_db=17.5"), features, spec),
            FeatureTable.schema(spec));

    assertThat(values)
        .containsEntry("emotion", "sad")
        .containsEntry("gender", Gender.FEMALE.label())
        .containsEntry("speaker", "ravdess-02")
        .containsEntry("intensity", "strong")
        .containsEntry("licence", "CC-BY-NC-SA-4.0")
        .containsEntry("variant", "noise-2")
        .containsEntry("variant_detail", "snr_db=17.5")
        .containsEntry("duration_s", 1.0)
        .containsEntry("source_bytes", 1_044L)
        .containsEntry("source_modified", new Timestamp(1_700_000_000_123L))
        .containsEntry("frames", features.frames());
    assertThat((float[]) values.get("log_mel")).hasSize(40 * features.frames());
    assertThat((float[]) values.get("zcr")).hasSize(features.frames());
  }

  @Test
  void givenASpecWithFewFeatures_whenARowIsMade_thenItHasThoseColumnsOnly() {
    FeatureSpec all = FeatureSpec.telephone();
    FeatureSpec few =
        new FeatureSpec(
            all.sampleRateHz(),
            all.frames(),
            all.mel(),
            all.mfccCoefficients(),
            EnumSet.of(Feature.RMS, Feature.MFCC));
    Features features = new FeatureExtractor(few).extract(new Clip(new float[4_000], 8_000));

    assertThat(
            values(
                FeatureTable.row(identity(), Variant.ORIGINAL, features, few),
                FeatureTable.schema(few)))
        .containsKeys("mfcc", "rms")
        .doesNotContainKeys("log_mel", "zcr");
  }

  private static FeatureTable.Identity identity() {
    return new FeatureTable.Identity(
        new RecordingFile("file:/in/a.wav", "a.wav", 1_044, 1_700_000_000_123L),
        new RecordingLabels(
            new CorpusOrigin("ravdess", "CC-BY-NC-SA-4.0"),
            new Speaker("ravdess-02", Gender.FEMALE),
            Emotion.SAD,
            "04",
            "01",
            "strong"),
        "00ff",
        48_000);
  }

  /** By column, after a look at each value's type. */
  private static Map<String, Object> values(Row row, StructType schema) {
    assertThat(row.size())
        .as("values of a row of %s", schema.simpleString())
        .isEqualTo(schema.size());
    Map<String, Object> values = new TreeMap<>();
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.apply(i);
      Object value = row.get(i);
      assertThat(value != null || field.nullable()).as("%s has a value", field.name()).isTrue();
      if (value != null) {
        assertThat(value).as(field.name()).isInstanceOf(TYPES.get(field.dataType().typeName()));
      }
      values.put(field.name(), value);
    }
    return values;
  }

  @Test
  void givenProbabilitiesBelowTheLimit_whenMadeARow_thenTheEmotionIsNullAndTheRestIsThere() {
    Row row =
        WindowTable.row(PLACE, LABELS, Optional.of(new float[] {0.25f, 0.5f, 0.25f}), 0.51, ORIGIN);

    assertThat(row.getBoolean(4)).isTrue();
    assertThat(row.isNullAt(5)).isTrue();
    assertThat(row.getDouble(6)).isEqualTo(0.5);
  }
}
