package ser.jobs.tune;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.jobs.config.SearchSpace;
import ser.jobs.config.ValueRange;
import ser.jobs.tune.TrialResult.Measures;

/**
 * {@code trials/} and {@code trials.csv}: one row per trial and round, with a column {@code
 * param_NAME} for each parameter, a double where all its values are numbers, else text. Measures
 * are those of the validation speakers, null where there are none.
 */
final class TrialTable {
  static final String NAME = "trials";

  private final SearchSpace space;

  TrialTable(SearchSpace space) {
    this.space = space;
  }

  StructType schema() {
    StructType schema =
        new StructType()
            .add("trial", DataTypes.IntegerType, false)
            .add("round", DataTypes.IntegerType, false)
            .add("max_epochs", DataTypes.IntegerType, false)
            .add("status", DataTypes.StringType, false)
            .add("detail", DataTypes.StringType, false)
            .add("macro_f1", DataTypes.DoubleType)
            .add("uar", DataTypes.DoubleType)
            .add("accuracy", DataTypes.DoubleType)
            .add("loss", DataTypes.DoubleType)
            .add("best_epoch", DataTypes.IntegerType)
            .add("epochs", DataTypes.IntegerType)
            .add("weights", DataTypes.LongType)
            .add("seconds", DataTypes.DoubleType, false);
    for (Map.Entry<String, ValueRange> parameter : space.ranges().entrySet()) {
      schema =
          schema.add(
              column(parameter.getKey()),
              parameter.getValue().numeric() ? DataTypes.DoubleType : DataTypes.StringType,
              false);
    }
    return schema;
  }

  Dataset<Row> rows(SparkSession spark, List<TrialResult> results) {
    return spark.createDataFrame(results.stream().map(this::row).toList(), schema()).coalesce(1);
  }

  /** The same as text, with a line of names. */
  byte[] csv(List<TrialResult> results) {
    StringBuilder csv = new StringBuilder(String.join(",", schema().fieldNames())).append('\n');
    for (TrialResult result : results) {
      Row row = row(result);
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.isNullAt(i) ? "" : quoted(row.get(i).toString()));
      }
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Row row(TrialResult result) {
    Measures measures = result.measures().orElse(null);
    List<Object> values = new ArrayList<>();
    values.add(result.trial().number());
    values.add(result.trial().round());
    values.add(result.trial().epochs());
    values.add(result.status().label());
    values.add(result.detail());
    values.add(measures == null ? null : measures.macroF1());
    values.add(measures == null ? null : measures.uar());
    values.add(measures == null ? null : measures.accuracy());
    values.add(measures == null ? null : measures.loss());
    values.add(measures == null ? null : measures.bestEpoch());
    values.add(measures == null ? null : measures.epochs());
    values.add(measures == null ? null : measures.weights());
    values.add(result.seconds());
    space
        .ranges()
        .forEach(
            (name, range) -> {
              Object value = result.trial().parameters().get(name);
              values.add(range.numeric() ? ((Number) value).doubleValue() : text(value));
            });
    return RowFactory.create(values.toArray());
  }

  /** A value for people. */
  static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(TrialTable::text).collect(Collectors.joining(", ", "[", "]"))
        : String.valueOf(value);
  }

  private static String column(String parameter) {
    return "param_" + parameter.replaceAll("[^A-Za-z0-9]", "_");
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
