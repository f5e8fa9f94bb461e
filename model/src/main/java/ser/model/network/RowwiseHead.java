package ser.model.network;

import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network whose last, dense layers see one row at a time: a matrix product rounds a row by the
 * place that it has in the batch (1e-7 of a probability), and a window's place follows from how
 * recordings are divided among tasks. The layers before do not; they take the whole batch.
 */
@SuppressWarnings("overrides") // DL4J's own doEvaluation.
final class RowwiseHead extends MultiLayerNetwork {
  private static final long serialVersionUID = 1L;

  private final int firstOfHead;

  private RowwiseHead(MultiLayerNetwork network) {
    super(network.getLayerWiseConfigurations());
    init(network.params(), false);
    int first = getnLayers();
    while (first > 1 && isDense(getLayer(first - 1).conf().getLayer())) {
      first--;
    }
    this.firstOfHead = first;
  }

  /** With the weights of another one, which are not copied. */
  static RowwiseHead of(MultiLayerNetwork network) {
    return new RowwiseHead(network);
  }

  /** Activations of a batch behind the last layer that is not dense. */
  INDArray beforeHead(INDArray input) {
    return outputOfLayerDetached(
        false, FwdPassType.STANDARD, firstOfHead - 1, input, null, null, null);
  }

  /** Output for one row of {@link #beforeHead}. */
  float[] head(INDArray activations, int row) {
    long[] shape = activations.shape().clone();
    shape[0] = 1;
    INDArray one = activations.slice(row).dup('c').reshape('c', shape);
    // DL4J's activateSelectedLayers refuses a head of one layer.
    for (int i = firstOfHead; i < getnLayers(); i++) {
      InputPreProcessor processor = getLayerWiseConfigurations().getInputPreProcess(i);
      if (processor != null) {
        one = processor.preProcess(one, 1, LayerWorkspaceMgr.noWorkspaces());
      }
      one = getLayer(i).activate(one, false, LayerWorkspaceMgr.noWorkspaces());
    }
    return one.toFloatVector();
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer || layer instanceof OutputLayer;
  }
}
