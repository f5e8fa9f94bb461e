package ser.jobs.extract.report;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import ser.features.spec.FeatureSpec;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;

/** Rows as Spark hands them over, without Spark. */
final class Rows {
  private Rows() {}

  /** A row of a features table, as far as it is counted; arrays are absent. */
  static Row feature(
      String recording, String speaker, String gender, String emotion, String variant) {
    StructType schema = FeatureTable.schema(FeatureSpec.librosa());
    Map<String, Object> given =
        Map.of(
            "recording", recording,
            "corpus", "ravdess",
            "speaker", speaker,
            "gender", gender,
            "emotion", emotion,
            "variant", variant,
            "source_sample_rate_hz", 48_000,
            "duration_s", 3.5);
    return new GenericRowWithSchema(
        Stream.of(schema.fieldNames()).map(given::get).toArray(), schema);
  }

  static Row quarantined(String recording, String reason, String detail) {
    Object[] values = {recording, 1L, reason, detail, "run"};
    return new GenericRowWithSchema(values, QuarantineTable.SCHEMA);
  }
}
