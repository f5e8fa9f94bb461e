package ser.jobs.train;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.metrics.Subject;
import ser.model.network.NetworkShape;

/**
 * One row as the network sees it.
 *
 * @param subject its recording
 * @param variant which of the recording's rows it is
 * @param label index of its emotion among the model's labels
 * @param values normalised, planar, shape [channels][rows][frames]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledInput(Subject subject, String variant, int label, float[] values)
    implements Serializable {

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

  /** As DL4J trains on them: NHWC, with one column of labels per class. */
  static DataSet toDataSet(List<LabelledInput> rows, NetworkShape shape) {
    INDArray features =
        shape.batchOf(rows.stream().map(LabelledInput::values).toList(), rows.size());
    INDArray oneHot = Nd4j.zeros(rows.size(), shape.classes());
    for (int i = 0; i < rows.size(); i++) {
      oneHot.putScalar(i, rows.get(i).label(), 1);
    }
    return new DataSet(features, oneHot);
  }
}
