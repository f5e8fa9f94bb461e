package ser.model.network;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;

/**
 * A trained network that turns windows into probabilities. Not for use by several threads at once:
 * one per task.
 *
 * <p>Batch normalisation is folded into the convolutions. Every call runs a batch of the same
 * length ({@link #BATCH} unless another is asked for) whatever the number of windows, padded with
 * zeros, so that a window's probabilities do not depend on its company: blocked matrix products
 * round differently for different shapes.
 */
public final class EmotionClassifier implements WindowClassifier {
  private final RowwiseHead network;
  private final NetworkShape shape;
  private final List<Emotion> labels;
  private final int batch;

  private EmotionClassifier(
      MultiLayerNetwork network, NetworkShape shape, List<Emotion> labels, int batch) {
    this.network = RowwiseHead.of(FoldedNetwork.of(network));
    this.shape = shape;
    this.labels = labels;
    this.batch = batch;
  }

  /**
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public static EmotionClassifier of(ModelFile model) {
    return of(model, BATCH);
  }

  /**
   * One that is faster at few windows: its probabilities are equal to those of other lengths but
   * for rounding, 1e-6 at most.
   *
   * @param batch windows that are scored at once, from 1 to {@link #BATCH}
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public static EmotionClassifier of(ModelFile model, int batch) {
    if (batch < 1 || batch > BATCH) {
      throw new IllegalArgumentException(
          "a batch of %d windows must be from 1 to %d".formatted(batch, BATCH));
    }
    CpuAcceleration.request();
    ModelInput input = model.input();
    NetworkShape shape = NetworkShape.of(input.inputSpec(), model.labels().size());
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(model.architecture().layers())
                .configuration(shape, new Optimisation(1, ClassWeights.equal(shape.classes()), 0)));
    network.init();
    NetworkWeights.into(network, model.weights());
    return new EmotionClassifier(network, shape, model.labels(), batch);
  }

  /** For a network that is still in training; later steps do not change what this one answers. */
  public static EmotionClassifier of(
      MultiLayerNetwork network, NetworkShape shape, List<Emotion> labels) {
    return new EmotionClassifier(network, shape, List.copyOf(labels), BATCH);
  }

  @Override
  public List<Emotion> labels() {
    return labels;
  }

  @Override
  public float[][] probabilities(List<float[]> windows) {
    WindowClassifier.requireOneBatch(windows);
    if (windows.size() > batch) {
      throw new IllegalArgumentException(
          "%d windows were given to a network for %d at once".formatted(windows.size(), batch));
    }
    try (INDArray input = shape.batchOf(windows, batch)) {
      return network.of(input, windows.size());
    }
  }

  /** Does nothing: ND4J's arrays go with the garbage. */
  @Override
  public void close() {}
}
