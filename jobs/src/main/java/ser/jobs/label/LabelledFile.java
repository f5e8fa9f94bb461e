package ser.jobs.label;

import java.io.Serializable;
import org.apache.spark.api.java.Optional;
import ser.jobs.storage.RecordingFile;
import ser.model.corpus.RecordingLabels;

/**
 * A recording and what is known of it.
 *
 * @param file the recording
 * @param labels Spark's kind of optional, because Java's does not travel; empty if nothing is known
 * @param detail why it has no labels; empty if it has
 * @param named whether something is said of it at all: labels, or an emotion that is none of ours
 */
public record LabelledFile(
    RecordingFile file, Optional<RecordingLabels> labels, String detail, boolean named)
    implements Serializable {

  static LabelledFile of(RecordingFile file, RecordingLabels labels) {
    return new LabelledFile(file, Optional.of(labels), "", true);
  }

  /** Nothing is said of it. */
  static LabelledFile unnamed(RecordingFile file, String detail) {
    return new LabelledFile(file, Optional.empty(), detail, false);
  }

  /** What is said of it is no emotion of ours. */
  static LabelledFile unmapped(RecordingFile file, String detail) {
    return new LabelledFile(file, Optional.empty(), detail, true);
  }
}
