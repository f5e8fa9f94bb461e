package ser.jobs.storage;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.audio.RejectionReason;

/**
 * Counts recordings that break off in their middle: what came before is kept, and that something is
 * missing must not go unsaid. A task that Spark repeats counts its recordings again.
 */
public final class PartialReads implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PartialReads.class);

  private final LongAccumulator count;

  public PartialReads(SparkContext spark) {
    this.count = spark.longAccumulator("read in part");
  }

  /** To be called at the end of each recording. */
  public void note(RecordingFile recording, Optional<RejectionReason> defect) {
    defect.ifPresent(
        reason -> {
          count.add(1);
          LOG.warn("{} was read in part: {}", recording.uri(), reason.code());
        });
  }

  /** On the driver, when the tasks are done. */
  public long count() {
    return count.value();
  }
}
