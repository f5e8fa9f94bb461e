package ser.jobs.extract;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.jobs.label.LabelledFile;
import ser.jobs.label.Labeller;
import ser.jobs.listing.Listing;
import ser.model.corpus.RecordingLabels;

/**
 * What names or manifest say of recordings now, as one text for each, to be compared with what the
 * table says: a label that was corrected is worth nothing while the table keeps the old one.
 */
final class CurrentLabels {
  static final String NAME = "labelled_recording";
  static final String TEXT = "labels";

  /** The text of a recording whose emotion stands for none of ours. */
  static final String NO_EMOTION = "";

  /** Stands in no name. */
  private static final String BETWEEN = "\u0001";

  private static final StructType SCHEMA =
      new StructType()
          .add(NAME, DataTypes.StringType, false)
          .add(TEXT, DataTypes.StringType, false);

  private CurrentLabels() {}

  /**
   * {@link #NAME} and {@link #TEXT} of those recordings of a listing of which something is said;
   * {@link #NO_EMOTION} where that is no emotion of ours.
   */
  static Dataset<Row> of(SparkSession spark, Labeller labeller, Listing listing) {
    JavaRDD<Row> labelled =
        labeller
            .label(listing.rows().javaRDD().map(Listing::file))
            .filter(LabelledFile::named)
            .map(
                file ->
                    RowFactory.create(
                        file.file().recording(),
                        file.labels().isPresent() ? text(file.labels().get()) : NO_EMOTION));
    return spark.createDataFrame(labelled, SCHEMA);
  }

  /** The same text of a row of the features table; null where an older table lacks a column. */
  static Column stored() {
    Column[] columns =
        List.of(
                "corpus",
                "licence",
                "speaker",
                "gender",
                "emotion",
                "source_label",
                "statement",
                "intensity")
            .stream()
            .flatMap(name -> List.of(functions.col(name), functions.lit(BETWEEN)).stream())
            .toArray(Column[]::new);
    return functions.concat(columns);
  }

  private static String text(RecordingLabels labels) {
    return String.join(
            BETWEEN,
            labels.origin().corpus(),
            labels.origin().licence(),
            labels.speaker().id(),
            labels.speaker().gender().label(),
            labels.emotion().label(),
            labels.sourceLabel(),
            labels.statement(),
            labels.intensity())
        + BETWEEN;
  }
}
