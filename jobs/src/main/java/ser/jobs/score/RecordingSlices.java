package ser.jobs.score;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.listing.TaskPlan;
import ser.jobs.run.JobContext;
import ser.model.scoring.WindowSlice;

/**
 * The recordings of a run, long ones cut into slices, so that one call of ten hours keeps more than
 * one task busy. Nothing of it is collected: it is rows all the way.
 */
final class RecordingSlices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingSlices.class);

  /** A header is one request, most of whose time is waiting. */
  private static final int TASKS_PER_SLOT = 4;

  private final JobContext context;
  private final Dataset<Row> whole;
  private final Optional<Dataset<Row>> cut;
  private Optional<Dataset<Row>> speakers = Optional.empty();

  private RecordingSlices(JobContext context, Dataset<Row> whole, Optional<Dataset<Row>> cut) {
    this.context = context;
    this.whole = whole;
    this.cut = cut;
  }

  /**
   * Looks at the headers of long recordings, if there may be any.
   *
   * @param recordings rows of {@link RecordingDetails#recordings}
   * @param largestBytes that any of them can have
   */
  static RecordingSlices of(
      JobContext context, Dataset<Row> recordings, long largestBytes, SlicePlanner planner) {
    long splitBytes = planner.splitBytes();
    if (largestBytes <= splitBytes) {
      return new RecordingSlices(context, whole(recordings), Optional.empty());
    }
    context.describe("Look at the headers of long recordings");
    JavaRDD<Row> slices =
        recordings
            .where(functions.col("source_bytes").gt(splitBytes))
            .repartition(TASKS_PER_SLOT * context.slots())
            .javaRDD()
            .flatMap(planner::rows);
    StructType schema = RecordingSlice.schema(recordings.schema());
    Dataset<Row> cut =
        context.spark().createDataFrame(slices, schema).persist(StorageLevel.MEMORY_AND_DISK());
    LOG.info("Long recordings are read in {} pieces", cut.count());
    return new RecordingSlices(
        context,
        whole(recordings.where(functions.col("source_bytes").leq(splitBytes))),
        Optional.of(cut));
  }

  /** Of a model normalised by speaker: finds out who speaks before the first slice is scored. */
  void listen(SpeakerPass pass, TaskPlan.Packing packing) {
    if (cut.isPresent()) {
      context.describe("Listen to the speakers of long recordings");
      Dataset<Row> slices =
          cut.get()
              .where(
                  functions
                      .col(RecordingSlice.END)
                      .notEqual(WindowSlice.TO_THE_END)
                      .or(functions.col(RecordingSlice.FIRST).gt(0)));
      speakers = Optional.of(pass.over(plan(slices, packing).rows().map(RecordingSlice::of)));
    }
  }

  /** What the tasks have to read, in the order of names and, of one recording, of time. */
  JavaRDD<RecordingSlice> tasks(TaskPlan.Packing packing) {
    return plan(packing).rows().map(RecordingSlice::of);
  }

  /** The same as rows. */
  TaskPlan plan(TaskPlan.Packing packing) {
    return plan(cut.map(this::withSpeakers).map(whole::union).orElse(whole), packing);
  }

  @Override
  public void close() {
    cut.ifPresent(Dataset::unpersist);
    speakers.ifPresent(Dataset::unpersist);
  }

  private Dataset<Row> withSpeakers(Dataset<Row> slices) {
    if (speakers.isEmpty()) {
      return slices;
    }
    return slices
        .drop(RecordingSlice.SPEAKER)
        .join(speakers.get(), "recording", "left")
        .select(Arrays.stream(slices.columns()).map(functions::col).toArray(Column[]::new));
  }

  private static TaskPlan plan(Dataset<Row> slices, TaskPlan.Packing packing) {
    TaskPlan plan =
        TaskPlan.of(
            slices, "recording", List.of(RecordingSlice.FIRST), RecordingSlice::bytesOf, packing);
    LOG.info(
        "{} recordings and pieces of {} bytes make {} tasks",
        plan.recordings(),
        plan.bytes(),
        plan.tasks());
    return plan;
  }

  private static Dataset<Row> whole(Dataset<Row> recordings) {
    return recordings
        .withColumn(RecordingSlice.FIRST, functions.lit(0L))
        .withColumn(RecordingSlice.END, functions.lit(WindowSlice.TO_THE_END))
        .withColumn(RecordingSlice.BYTES, functions.col("source_bytes"))
        .withColumn(RecordingSlice.SPEAKER, functions.lit(null).cast(DataTypes.BinaryType));
  }
}
