package ser.jobs.train;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.network.NetworkShape;

/**
 * One row as the network sees it.
 *
 * @param recording its name
 * @param label index of its emotion among the model's labels
 * @param values normalised log-mel, row-major [band][frame]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledInput(String recording, int label, float[] values) implements Serializable {

  /** As DL4J trains on it: one example, NHWC. */
  DataSet toDataSet(NetworkShape shape) {
    INDArray features = Nd4j.create(values, new long[] {1, shape.bands(), shape.frames(), 1}, 'c');
    INDArray oneHot = Nd4j.zeros(1, shape.classes());
    oneHot.putScalar(0, label, 1);
    return new DataSet(features, oneHot);
  }
}
