package ser.jobs.train;

import java.io.Serializable;
import ser.model.metrics.Subject;

/**
 * A row as the network sees it, or a part of one that is longer than the network's input.
 *
 * @param subject its recording
 * @param variant which of the recording's rows it is
 * @param part which of the row's inputs it is
 * @param label index of its emotion among the model's labels
 * @param values normalised, planar, shape [channels][rows][frames]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledInput(Subject subject, String variant, RowPart part, int label, float[] values)
    implements Serializable {

  /** The only input of its row. */
  LabelledInput(Subject subject, String variant, int label, float[] values) {
    this(subject, variant, RowPart.WHOLE, label, values);
  }

  String recording() {
    return subject.recording();
  }

  /** A number that other rows most probably do not have; the same in every process. */
  long digest() {
    long state = 31L * (31L * recording().hashCode() + variant.hashCode()) + label;
    for (float value : values) {
      // FNV-1a over 32 bits at a time.
      state = (state ^ Float.floatToIntBits(value)) * 0x100000001B3L;
    }
    return state;
  }
}
