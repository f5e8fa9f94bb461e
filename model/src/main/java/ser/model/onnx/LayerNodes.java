package ser.model.onnx;

import static ser.model.onnx.OnnxGraph.attribute;
import static ser.model.onnx.OnnxGraph.attributes;

import java.util.List;
import ser.model.network.LayerNames;
import ser.model.network.LayerSpec;
import ser.model.network.NetworkShape;
import ser.model.network.attention.AttentivePooling;
import ser.model.network.onednn.OneDnnBatchNormalization;

/**
 * From a recipe's layers to the nodes of a graph, one layer after the other. Images are NCHW, as
 * ONNX has them; only where one is laid out for a dense layer does it go through NHWC, the order in
 * which that layer's weights were learnt.
 */
final class LayerNodes {
  /** The network's input. */
  static final String INPUT = "input";

  /** The network's output. */
  static final String OUTPUT = "probabilities";

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final LayerNames names = new LayerNames();

  /** The node that the next layer takes up. */
  private String last = INPUT;

  /** What comes out of it: of an image channels, rows and frames, else units. */
  private int channels;

  private int rows;
  private int frames;
  private boolean image = true;

  LayerNodes(OnnxGraph graph, GraphWeights weights, NetworkShape shape) {
    this.graph = graph;
    this.weights = weights;
    this.channels = shape.channels();
    this.rows = shape.bands();
    this.frames = shape.frames();
    graph.input(INPUT, channels, rows, frames);
  }

  void add(LayerSpec layer) {
    String name = names.next(layer);
    if (layer instanceof LayerSpec.Convolution convolution) {
      add(name, convolution);
    } else if (layer instanceof LayerSpec.TimeConvolution convolution) {
      int padding = convolution.frames() / 2;
      convolve(name, convolution.filters(), rows, convolution.frames(), 0, padding, 0, padding);
    } else if (layer instanceof LayerSpec.BatchNorm) {
      normalise(name);
    } else if (layer instanceof LayerSpec.Relu) {
      last = graph.node("Relu", name, List.of(last));
    } else if (layer instanceof LayerSpec.MaxPool pool) {
      add(name, pool);
    } else if (layer instanceof LayerSpec.MaxBlurPool pool) {
      add(name, pool);
    } else if (layer instanceof LayerSpec.GlobalAveragePool) {
      last = graph.node("GlobalAveragePool", name, List.of(last));
      flatten(name, channels);
    } else if (layer instanceof LayerSpec.AttentivePool pool) {
      add(name, pool);
    } else if (layer instanceof LayerSpec.Dense dense) {
      connect(name, dense.units());
      last = graph.node("Relu", name + "/relu", List.of(last));
    }
    // Dropout is for training.
  }

  /** The softmax over the classes. */
  void addOutput(int classes) {
    connect(LayerNames.OUTPUT, classes);
    graph.node("Softmax", OUTPUT, List.of(last), attribute("axis", 1L));
    graph.output(OUTPUT, classes);
  }

  private void add(String name, LayerSpec.Convolution convolution) {
    int above = convolution.valid() ? 0 : (convolution.height() - 1) / 2;
    int before = convolution.valid() ? 0 : (convolution.width() - 1) / 2;
    convolve(
        name,
        convolution.filters(),
        convolution.height(),
        convolution.width(),
        above,
        before,
        convolution.valid() ? 0 : convolution.height() - 1 - above,
        convolution.valid() ? 0 : convolution.width() - 1 - before);
  }

  /**
   * @param padding above, before, below, behind
   */
  private void convolve(String name, int filters, int height, int width, long... padding) {
    last =
        graph.node(
            "Conv",
            name,
            List.of(
                last,
                weights.take(name + ".weight", filters, channels, height, width),
                weights.take(name + ".bias", filters)),
            attributes("kernel_shape", height, width),
            attributes("pads", padding));
    channels = filters;
    resize(
        rows + (int) (padding[0] + padding[2]) - height + 1,
        frames + (int) (padding[1] + padding[3]) - width + 1);
  }

  private void normalise(String name) {
    last =
        graph.node(
            "BatchNormalization",
            name,
            List.of(
                last,
                weights.take(name + ".gamma", channels),
                weights.take(name + ".beta", channels),
                weights.take(name + ".running_mean", channels),
                weights.take(name + ".running_var", channels)),
            attribute("epsilon", (float) new OneDnnBatchNormalization().getEps()));
  }

  private void add(String name, LayerSpec.MaxPool pool) {
    last =
        graph.node(
            "MaxPool",
            name,
            List.of(last),
            attributes("kernel_shape", pool.height(), pool.width()),
            attributes("strides", pool.height(), pool.width()));
    resize(rows / pool.height(), frames / pool.width());
  }

  private void add(String name, LayerSpec.MaxBlurPool pool) {
    String largest =
        graph.node(
            "MaxPool",
            name + "/max",
            List.of(last),
            attributes("kernel_shape", pool.height(), pool.width()),
            attributes("strides", 1, 1));
    int above = pool.height() - 1;
    int before = pool.width() - 1;
    last =
        graph.node(
            "AveragePool",
            name,
            List.of(largest),
            attributes("kernel_shape", 2L * above + 1, 2L * before + 1),
            attributes("strides", pool.height(), pool.width()),
            attributes("pads", above, before, above, before));
    resize(rows / pool.height(), frames / pool.width());
  }

  /** What {@link AttentivePooling} says, for all windows at once. */
  private void add(String name, LayerSpec.AttentivePool pool) {
    String planes = // [N][channels][places]
        graph.node(
            "Reshape",
            name + "/planes",
            List.of(last, graph.constant(name + "/planes/shape", 0, 0, -1)));
    String attention = attention(name, planes, pool.hidden());
    String mean = graph.node("MatMul", name + "/mean", List.of(planes, attention));
    String off = graph.node("Sub", name + "/off", List.of(planes, mean));
    String squared = graph.node("Mul", name + "/squared", List.of(off, off));
    String variance = graph.node("MatMul", name + "/variance", List.of(squared, attention));
    String least =
        graph.constant(
            name + "/least-variance", new int[0], new float[] {AttentivePooling.LEAST_VARIANCE});
    String raised = graph.node("Add", name + "/raised", List.of(variance, least));
    String deviation = graph.node("Sqrt", name + "/deviation", List.of(raised));
    last = graph.node("Concat", name, List.of(mean, deviation), attribute("axis", 1L));
    flatten(name, 2 * channels);
  }

  /** Weights of the places, shape [N][places][1]. */
  private String attention(String name, String planes, int hidden) {
    String places =
        graph.node("Transpose", name + "/places", List.of(planes), attributes("perm", 0, 2, 1));
    String product =
        graph.node(
            "MatMul",
            name + "/product",
            List.of(places, weights.takeTransposed(name + ".weight", hidden, channels)));
    String sum =
        graph.node("Add", name + "/sum", List.of(product, weights.take(name + ".bias", hidden)));
    String tanh = graph.node("Tanh", name + "/tanh", List.of(sum));
    String score =
        graph.node(
            "MatMul",
            name + "/score",
            List.of(tanh, weights.takeAsColumn(name + ".score", hidden)));
    return graph.node("Softmax", name + "/attention", List.of(score), attribute("axis", 1L));
  }

  private void connect(String name, int units) {
    if (image) {
      last = graph.node("Transpose", name + "/nhwc", List.of(last), attributes("perm", 0, 2, 3, 1));
      long values = (long) channels * rows * frames;
      if (values > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "layer '%s' would connect %d values".formatted(name, values));
      }
      flatten(name, (int) values);
    }
    last =
        graph.node(
            "Gemm",
            name,
            List.of(
                last,
                weights.take(name + ".weight", units, channels),
                weights.take(name + ".bias", units)),
            attribute("transB", 1L));
    channels = units;
  }

  private void flatten(String name, int units) {
    last = graph.node("Flatten", name + "/flat", List.of(last), attribute("axis", 1L));
    channels = units;
    image = false;
  }

  private void resize(int newRows, int newFrames) {
    if (newRows < 1 || newFrames < 1) {
      throw new IllegalArgumentException(
          "an image of %d rows x %d frames is too small for the layers".formatted(rows, frames));
    }
    rows = newRows;
    frames = newFrames;
  }
}
