package ser.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts recordings that were listed and were gone when they were to be read: somebody has moved
 * them, or their time was up. One of them is no reason to lose a night's work. A task that Spark
 * repeats counts its recordings again.
 */
public final class VanishedRecordings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(VanishedRecordings.class);

  private final LongAccumulator count;

  public VanishedRecordings(SparkContext spark) {
    this.count = spark.longAccumulator("vanished");
  }

  /**
   * Looks whether a recording that could not be read is gone, and counts it then.
   *
   * @param fault what the storage said; that there is no such file may also mean that it may not be
   *     read
   */
  public boolean note(Storage storage, RecordingFile recording, IOException fault) {
    boolean gone =
        fault instanceof FileNotFoundException
            && storage.recording(recording.uri(), recording.recording()).isEmpty();
    if (gone) {
      count.add(1);
      LOG.warn("{} is gone since it was listed", recording.uri());
    }
    return gone;
  }

  /** On the driver, when the tasks are done. */
  public long count() {
    return count.value();
  }
}
