package ser.jobs.evaluate;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.run.JobContext;
import ser.jobs.tables.FeatureTable;
import ser.model.file.TrainingData;

/** What a report says of the features tables that it is about. */
final class TableFacts {
  private TableFacts() {}

  /**
   * @param judging the rows whose licences are named
   */
  static TrainingData of(JobContext context, List<String> tables, Dataset<Row> judging) {
    SortedMap<String, String> licences = FeatureTable.licences(judging);
    return new TrainingData(
        tables.stream()
            .map(
                path ->
                    new TrainingData.Table(
                        path,
                        FeatureTable.read(context.spark(), context.storage(), List.of(path))
                            .count()))
            .toList(),
        licences);
  }

  static double audioSeconds(Dataset<Row> rows) {
    return Math.round(rows.agg(functions.sum("duration_s")).first().getDouble(0) * 10) / 10.0;
  }
}
