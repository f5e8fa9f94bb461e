package ser.jobs.extract.report;

import java.io.Serializable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.features.spec.Feature;
import ser.jobs.tables.Variant;
import ser.report.image.Matrix;

/**
 * A recording whose features are shown as pictures.
 *
 * @param rateHz of the recording itself
 * @param frames columns of its features in the table
 * @param pictures those of its features that can be drawn, with no more columns than a picture has
 */
record Example(
    String recording,
    String emotion,
    String speaker,
    int rateHz,
    double durationS,
    int frames,
    Map<Feature, Matrix> pictures)
    implements Serializable {
  private static final int MOST_COLUMNS = 720;
  private static final List<Feature> DRAWN = List.of(Feature.LOG_MEL, Feature.MFCC);

  /**
   * Reads some originals. Their matrices become pictures on the executors: ten minutes of features
   * take 100 MB, their picture half of one.
   *
   * @param features the rows of a features table
   * @param recordings few
   */
  static List<Example> read(Dataset<Row> features, Collection<String> recordings) {
    return features
        .where(features.col("recording").isin(recordings.toArray()))
        .where(features.col("variant").equalTo(Variant.ORIGINAL.name()))
        .toJavaRDD()
        .map(Example::of)
        .collect();
  }

  private static Example of(Row row) {
    int frames = row.getAs("frames");
    Map<Feature, Matrix> pictures = new EnumMap<>(Feature.class);
    for (Feature feature : DRAWN) {
      if (List.of(row.schema().fieldNames()).contains(feature.columnName())) {
        pictures.put(feature, matrix(row.getList(row.fieldIndex(feature.columnName())), frames));
      }
    }
    return new Example(
        row.getAs("recording"),
        row.getAs("emotion"),
        row.getAs("speaker"),
        row.getAs("source_sample_rate_hz"),
        row.getAs("duration_s"),
        frames,
        pictures);
  }

  private static Matrix matrix(List<Float> values, int frames) {
    float[] flat = new float[values.size()];
    int i = 0;
    for (float value : values) {
      flat[i++] = value;
    }
    return new Matrix(flat.length / frames, frames, flat).narrowedTo(MOST_COLUMNS);
  }
}
