package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.network.CpuAcceleration;
import ser.model.network.EmotionClassifier;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;

/**
 * The mel CNN on random input, as the peer's script measures it: training steps of 32 (or of {@code
 * -Dser.bench.batch}; after three, or {@code -Dser.bench.warm-up}, that do not count), then scoring
 * of 32 and 128 windows the way that the score job does. Prints one JSON object.
 *
 * <p>Arguments: steps that count, batches that count, and {@code stock} for DL4J as it comes.
 */
final class OurNetwork {
  static final NetworkShape SHAPE = new NetworkShape(128, 130, 8);
  private static final int BATCH = Integer.getInteger("ser.bench.batch", 32);
  private static final int WARM_UP = 3;
  private static final int STEPS_OF_WARM_UP = Integer.getInteger("ser.bench.warm-up", WARM_UP);

  private OurNetwork() {}

  public static void main(String[] args) throws Exception {
    int steps = Integer.parseInt(args[0]);
    int batches = Integer.parseInt(args[1]);
    boolean stock = args.length > 2 && args[2].equals("stock");
    ObjectMapper json = new ObjectMapper();
    ObjectNode line = json.createObjectNode();
    ArrayNode inference = json.createArrayNode();
    MultiLayerNetwork network = stock ? StockNetwork.of(SHAPE) : ours();
    line.put("parameters", network.numParams());
    INDArray input = input(BATCH, stock);
    DataSet data = new DataSet(input, labels());
    line.set("training", timed(() -> network.fit(data), STEPS_OF_WARM_UP, steps, BATCH));
    if (stock) {
      inference.add(timed(() -> network.output(input), WARM_UP, batches, BATCH));
    } else {
      EmotionClassifier classifier =
          EmotionClassifier.of(network, SHAPE, List.of(Emotion.values()).subList(0, 8));
      List<float[]> windows = windows(input);
      inference.add(timed(() -> classifier.probabilities(windows), WARM_UP, batches, BATCH));
      // No more than 32 are scored at once.
      inference.add(
          timed(
              () -> Collections.nCopies(4, windows).forEach(classifier::probabilities),
              WARM_UP,
              batches,
              4 * BATCH));
    }
    line.set("inference", inference);
    System.out.println(line);
  }

  /** Those of recipe mel-cnn4-gap. */
  static final List<String> LAYERS =
      List.of(
          "conv 32 3x3",
          "batch-norm",
          "relu",
          "max-pool 2x2",
          "conv 64 3x3",
          "batch-norm",
          "relu",
          "max-pool 2x2",
          "conv 128 3x3",
          "batch-norm",
          "relu",
          "max-pool 2x2",
          "conv 256 3x3",
          "batch-norm",
          "relu",
          "max-pool 2x2",
          "global-average-pool",
          "dropout 0.6",
          "dense 128",
          "dropout 0.4");

  private static MultiLayerNetwork ours() {
    CpuAcceleration.request();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(LAYERS)
                .configuration(SHAPE, new Optimisation(1e-3, ClassWeights.equal(8), 7)));
    network.init();
    CpuAcceleration acceleration = CpuAcceleration.of(network);
    if (!acceleration.complete() || acceleration.helpers().isEmpty()) {
      throw new IllegalStateException("not what is to be measured: " + acceleration);
    }
    return network;
  }

  private static ObjectNode timed(Runnable step, int warmUp, int count, int size) {
    for (int i = 0; i < warmUp; i++) {
      step.run();
    }
    List<Double> walls = new ArrayList<>();
    long cpu = cpuNanos();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      step.run();
      walls.add((System.nanoTime() - start) / 1e9);
    }
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    double wall = walls.stream().mapToDouble(Double::doubleValue).sum();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("batch", size);
    node.put("samples_per_s", size * count / wall);
    node.put("samples_per_s_median_batch", size / Spread.of(walls).median());
    node.put("samples_per_cpu_s", size * count / cpuSeconds);
    return node;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static INDArray input(int examples, boolean channelsFirst) {
    Random random = new Random(7);
    float[] values = new float[examples * SHAPE.inputLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    long[] shape =
        channelsFirst
            ? new long[] {examples, 1, SHAPE.bands(), SHAPE.frames()}
            : new long[] {examples, SHAPE.bands(), SHAPE.frames(), 1};
    return Nd4j.create(values, shape, 'c');
  }

  private static List<float[]> windows(INDArray input) {
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      windows.add(input.slice(i).dup('c').data().asFloat());
    }
    return windows;
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(BATCH, SHAPE.classes());
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, i % SHAPE.classes(), 1);
    }
    return labels;
  }
}
