package ser.jobs.score;

import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.run.PendingRecordings;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.SegmentTable;
import ser.jobs.tables.WindowTable;
import ser.model.scoring.Segmentation;

/**
 * Segments and calls of a run, made once of its windows: the tables take them, and the report,
 * which is written before the tables can be read.
 */
final class SummedRows implements AutoCloseable {
  private final Dataset<Row> segments;
  private final Dataset<Row> calls;

  private SummedRows(Dataset<Row> segments, Dataset<Row> calls) {
    this.segments = segments.persist(StorageLevel.DISK_ONLY());
    this.calls = calls.persist(StorageLevel.DISK_ONLY());
  }

  /**
   * @param rules of segments
   * @param origin of the run's rows
   * @param pending what was scored
   * @param started when the run began
   */
  static SummedRows of(
      ScoredRows scored,
      Segmentation rules,
      WindowTable.Origin origin,
      PendingRecordings pending,
      Instant started) {
    return new SummedRows(
        SegmentTable.of(scored.windows(), rules, origin),
        CallTable.of(scored.windows(), rules.labels(), pending.rows(), started));
  }

  Dataset<Row> segments() {
    return segments;
  }

  Dataset<Row> calls() {
    return calls;
  }

  @Override
  public void close() {
    segments.unpersist();
    calls.unpersist();
  }
}
