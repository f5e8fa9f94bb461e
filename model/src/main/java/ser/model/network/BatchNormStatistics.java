package ser.model.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import ser.model.network.onednn.OneDnnBatchNormalizationLayer;

/**
 * The mean and variance that each batch normalisation layer sees over many batches.
 *
 * <p>DL4J's running averages lag far behind at a learning rate of 1e-3, and averaging the
 * parameters of several workers mixes averages that belong to other weights: evaluation mode was up
 * to 42 points worse than training mode on the same clips. So the statistics are computed again for
 * the weights as they are, each batch passing through as it does in training ("precise batch norm",
 * Wu and Johnson, Rethinking "Batch" in BatchNorm, 2021), pooled over all values of all batches.
 * Dropout is off, as in evaluation.
 */
public final class BatchNormStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What a batch leaves between the layers. Without a workspace each array is new memory, whose
   * pages the kernel clears, until a garbage collection: that took longer than the arithmetic.
   */
  private static final String WORKSPACE = "SER_BATCH_NORM";

  private static final WorkspaceConfiguration WORKSPACE_CONFIGURATION =
      WorkspaceConfiguration.builder()
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private final List<ChannelMoments> layers = new ArrayList<>();

  /**
   * Sends one batch through a network and adds what its batch normalisation layers see.
   *
   * @param batch shape [examples][bands][frames][channels]
   * @return this
   */
  @SuppressWarnings("try") // The workspace is used by being open.
  public BatchNormStatistics observe(MultiLayerNetwork network, INDArray batch) {
    LayerWorkspaceMgr workspaces =
        LayerWorkspaceMgr.builder()
            .with(ArrayType.ACTIVATIONS, WORKSPACE, WORKSPACE_CONFIGURATION)
            // A layer's input is the last one's activations; elsewhere it would be copied.
            .with(ArrayType.INPUT, WORKSPACE, WORKSPACE_CONFIGURATION)
            .with(ArrayType.FF_WORKING_MEM, WORKSPACE, WORKSPACE_CONFIGURATION)
            .defaultNoWorkspace()
            .build();
    try (MemoryWorkspace ofBatch = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
      INDArray activations = batch;
      int lastBatchNorm = lastBatchNorm(network);
      int index = 0;
      for (int i = 0; i <= lastBatchNorm; i++) {
        Layer layer = network.getLayer(i);
        activations =
            layer instanceof BatchNormalization batchNorm
                ? observe(batchNorm, activations, index++, workspaces)
                : layer.activate(activations, false, workspaces);
      }
      network.clear();
    }
    return this;
  }

  /** Adds the batches that another worker has seen; returns this. */
  public BatchNormStatistics merge(BatchNormStatistics other) {
    for (int i = 0; i < other.layers.size(); i++) {
      if (i < layers.size()) {
        layers.get(i).merge(other.layers.get(i));
      } else {
        layers.add(other.layers.get(i));
      }
    }
    return this;
  }

  /**
   * Replaces the running averages of a network.
   *
   * @throws IllegalStateException if no batch was observed
   */
  public void applyTo(MultiLayerNetwork network) {
    int index = 0;
    for (Layer layer : network.getLayers()) {
      if (layer instanceof BatchNormalization batchNorm) {
        if (index >= layers.size()) {
          throw new IllegalStateException("no batch was observed for batch normalisation");
        }
        ChannelMoments moments = layers.get(index++);
        assign(batchNorm, BatchNormalizationParamInitializer.GLOBAL_MEAN, moments.mean());
        assign(batchNorm, BatchNormalizationParamInitializer.GLOBAL_VAR, moments.variance());
      }
    }
  }

  /** What comes out of a layer as in training; its moments are added to those of the layer. */
  private INDArray observe(
      BatchNormalization layer, INDArray activations, int index, LayerWorkspaceMgr workspaces) {
    if (layer instanceof OneDnnBatchNormalizationLayer fast && fast.onOneDnn()) {
      INDArray result = fast.activate(activations, true, workspaces);
      long values = activations.length() / activations.size(activations.rank() - 1);
      add(index, ChannelMoments.of(values, fast.batchMean(), fast.batchVariance()));
      return result;
    }
    ChannelMoments moments = ChannelMoments.of(activations);
    add(index, moments);
    INDArray result = normalised(layer, activations, moments);
    return layer instanceof OneDnnBatchNormalizationLayer ours && ours.relu()
        ? Transforms.relu(result, false)
        : result;
  }

  private void add(int index, ChannelMoments ofBatch) {
    if (index < layers.size()) {
      layers.get(index).merge(ofBatch);
    } else {
      layers.add(ofBatch.copy());
    }
  }

  private static INDArray normalised(
      BatchNormalization layer, INDArray activations, ChannelMoments moments) {
    INDArray gamma = layer.getParam(BatchNormalizationParamInitializer.GAMMA);
    INDArray beta = layer.getParam(BatchNormalizationParamInitializer.BETA);
    double epsilon = layer.layerConf().getEps();
    float[] mean = moments.mean();
    float[] variance = moments.variance();
    float[] scale = new float[mean.length];
    float[] shift = new float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      double factor = gamma.getDouble(c) / Math.sqrt(variance[c] + epsilon);
      scale[c] = (float) factor;
      shift[c] = (float) (beta.getDouble(c) - mean[c] * factor);
    }
    INDArray rows = activations.reshape('c', activations.length() / mean.length, mean.length);
    rows.muliRowVector(Nd4j.createFromArray(scale)).addiRowVector(Nd4j.createFromArray(shift));
    return rows.reshape('c', activations.shape());
  }

  private static int lastBatchNorm(MultiLayerNetwork network) {
    for (int i = network.getnLayers() - 1; i >= 0; i--) {
      if (network.getLayer(i) instanceof BatchNormalization) {
        return i;
      }
    }
    return -1;
  }

  private static void assign(BatchNormalization layer, String parameter, float[] values) {
    INDArray current = layer.getParam(parameter);
    current.assign(Nd4j.createFromArray(values).reshape(current.shape()));
  }
}
