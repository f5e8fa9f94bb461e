package ser.model.network;

import java.util.Arrays;
import java.util.List;
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
  private final transient DenseLayers head;

  private RowwiseHead(MultiLayerNetwork network) {
    super(network.getLayerWiseConfigurations());
    init(network.params(), false);
    int first = getnLayers();
    while (first > 1 && isDense(getLayer(first - 1).conf().getLayer())) {
      first--;
    }
    this.firstOfHead = first;
    this.head = DenseLayers.of(List.of(getLayers()).subList(first, getnLayers()));
  }

  /** Shares the weights of another one, but for those of the head, which are copied. */
  static RowwiseHead of(MultiLayerNetwork network) {
    return new RowwiseHead(network);
  }

  /**
   * @param input a batch
   * @param count of its rows that are wanted, from the first on
   * @return output of the network, shape [count][classes]
   */
  float[][] of(INDArray input, int count) {
    INDArray activations =
        outputOfLayerDetached(
            false, FwdPassType.STANDARD, firstOfHead - 1, input, null, null, null);
    InputPreProcessor processor = getLayerWiseConfigurations().getInputPreProcess(firstOfHead);
    if (processor != null) {
      activations =
          processor.preProcess(
              activations, Math.toIntExact(input.size(0)), LayerWorkspaceMgr.noWorkspaces());
    }
    float[] rows = activations.dup('c').data().asFloat();
    int length = rows.length / Math.toIntExact(input.size(0));
    float[][] outputs = new float[count][];
    for (int i = 0; i < count; i++) {
      outputs[i] = head.of(Arrays.copyOfRange(rows, i * length, (i + 1) * length));
    }
    return outputs;
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer || layer instanceof OutputLayer;
  }
}
