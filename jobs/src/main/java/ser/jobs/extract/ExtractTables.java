package ser.jobs.extract;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import ser.features.audio.RejectionReason;
import ser.features.spec.FeatureSpec;
import ser.jobs.run.JobContext;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.TableUpdate;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.HeldCommits;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;

/** Writes what a run has made into its tables, in place of what they said of its recordings. */
final class ExtractTables {
  private final JobContext context;
  private final RunOutput output;
  private final FeatureSpec spec;
  private final TableFiles.FileSize size;

  /** What stands in the features table now that did not before. */
  record Written(long rows, double audioSeconds) {}

  ExtractTables(JobContext context, RunOutput output, FeatureSpec spec, TableFiles.FileSize size) {
    this.context = context;
    this.output = output;
    this.spec = spec;
    this.size = size;
  }

  /**
   * @param pending whose old rows are let go
   */
  Written write(ExtractedRows extracted, Duplicates duplicates, PendingRecordings pending) {
    HeldCommits commits = new HeldCommits(context.spark(), output);
    Written written = writeFeatures(commits, extracted, duplicates, pending);
    writeQuarantine(commits, extracted, duplicates, pending);
    commits.commit();
    return written;
  }

  private Written writeFeatures(
      HeldCommits commits,
      ExtractedRows extracted,
      Duplicates duplicates,
      PendingRecordings pending) {
    context.describe("Measure the rows of features");
    Dataset<Row> index = extracted.index().where("reason IS NULL");
    JavaRDD<Row> rows;
    if (duplicates.count() == 0) {
      rows = extracted.rows();
    } else {
      index = index.join(duplicates.rows(), "recording", "left_anti");
      rows = extracted.rowsWithout(duplicates.rows());
    }
    long[] sizes = new long[rows.getNumPartitions()];
    long count = 0;
    double[] seconds = new double[sizes.length];
    for (Row task :
        index
            .groupBy("task")
            .agg(functions.sum("bytes"), functions.count("task"), functions.sum("duration_s"))
            .collectAsList()) {
      sizes[task.getInt(0)] = task.getLong(1);
      count += task.getLong(2);
      seconds[task.getInt(0)] = task.getDouble(3);
    }
    context.describe("Write the features of %d recordings".formatted(pending.count()));
    StructType schema = FeatureTable.schema(spec);
    Dataset<Row> fresh =
        context.spark().createDataFrame(TableFiles.coalesced(rows, sizes, size), schema);
    List<Dataset<Row>> writes =
        new TableUpdate(context, output, pending)
            .writes(FeatureTable.NAME, schema, count == 0 ? Optional.empty() : Optional.of(fresh));
    for (Dataset<Row> write : writes) {
      commits.save(FeatureTable.writer(write), FeatureTable.NAME);
    }
    return new Written(count, DoubleStream.of(seconds).sum());
  }

  private void writeQuarantine(
      HeldCommits commits,
      ExtractedRows extracted,
      Duplicates duplicates,
      PendingRecordings pending) {
    context.describe("Write the quarantine");
    Dataset<Row> index = extracted.index().where("reason IS NOT NULL OR audio_sha256 IS NOT NULL");
    Dataset<Row> rows =
        index
            .join(duplicates.rows(), "recording", "left")
            .where("reason IS NOT NULL OR duplicate_of IS NOT NULL")
            .selectExpr(
                "recording",
                "size_bytes",
                "if(duplicate_of IS NULL, reason, '%s') AS reason"
                    .formatted(RejectionReason.DUPLICATE.code()),
                "if(duplicate_of IS NULL, detail, concat('The same audio as ', duplicate_of, ', which is kept.')) AS detail",
                "'%s' AS run_id".formatted(output.runId()),
                "source_modified",
                "duplicate_of");
    boolean any = duplicates.count() > 0 || !index.where("reason IS NOT NULL").isEmpty();
    List<Dataset<Row>> writes =
        new TableUpdate(context, output, pending)
            .writes(
                QuarantineTable.NAME,
                QuarantineTable.SCHEMA,
                any ? Optional.of(rows.coalesce(1)) : Optional.empty());
    for (Dataset<Row> write : writes) {
      commits.write(write, QuarantineTable.NAME, List.of());
    }
  }
}
