package ser.jobs.tables;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import ser.features.FeatureMatrix;
import ser.features.spec.Feature;
import ser.model.Gender;
import ser.model.metrics.Subject;

/** The rows of a features table as plain arrays. */
public final class TrainingRows {
  private static final List<String> IDENTITY =
      List.of(
          "recording", "variant", "speaker", "emotion", "frames", "corpus", "gender", "intensity");

  private TrainingRows() {}

  /**
   * One row.
   *
   * @param subject its recording
   * @param variant which of the recording's rows it is
   * @param emotion canonical label
   * @param matrices in the order in which they were asked for
   */
  public record FeatureRow(
      Subject subject, String variant, String emotion, List<FeatureMatrix> matrices)
      implements Serializable {
    public FeatureRow {
      matrices = List.copyOf(matrices);
    }

    public String recording() {
      return subject.recording();
    }

    public String speaker() {
      return subject.speaker();
    }
  }

  /** Rows in the order of the table, with some of its features. */
  public static JavaRDD<FeatureRow> of(Dataset<Row> features, List<Feature> columns) {
    List<String> names = new ArrayList<>(IDENTITY);
    columns.forEach(column -> names.add(column.columnName()));
    int count = columns.size();
    return features
        .select(names.stream().map(functions::col).toArray(org.apache.spark.sql.Column[]::new))
        .queryExecution()
        // Spark's Row would box each of 20,000 floats.
        .toRdd()
        .toJavaRDD()
        .map(row -> toRow(row, count));
  }

  private static FeatureRow toRow(InternalRow row, int features) {
    int frames = row.getInt(4);
    List<FeatureMatrix> matrices = new ArrayList<>(features);
    for (int i = 0; i < features; i++) {
      float[] values = row.getArray(IDENTITY.size() + i).toFloatArray();
      matrices.add(new FeatureMatrix(values.length / frames, frames, values));
    }
    Subject subject =
        new Subject(
            row.getUTF8String(0).toString(),
            row.getUTF8String(5).toString(),
            row.getUTF8String(2).toString(),
            Gender.ofLabel(row.getUTF8String(6).toString()),
            row.getUTF8String(7).toString());
    return new FeatureRow(
        subject, row.getUTF8String(1).toString(), row.getUTF8String(3).toString(), matrices);
  }
}
