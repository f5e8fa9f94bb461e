package ser.model.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ser.model.file.Tensor;

/** A model file's weights on their way into a graph: each is taken once, none is left over. */
final class GraphWeights {
  private final Map<String, Tensor> weights;
  private final OnnxGraph graph;
  private final Set<String> taken = new HashSet<>();

  GraphWeights(Map<String, Tensor> weights, OnnxGraph graph) {
    this.weights = weights;
    this.graph = graph;
  }

  /**
   * Puts a weight into the graph.
   *
   * @return its name
   * @throws IllegalArgumentException if it is missing or has another shape
   */
  String take(String name, int... shape) {
    Tensor tensor = of(name, shape);
    return graph.constant(name, shape, tensor.values());
  }

  /**
   * As {@link #take}, rows as columns.
   *
   * @param rows of the weight as it stands in the model file
   */
  String takeTransposed(String name, int rows, int columns) {
    float[] values = of(name, rows, columns).values();
    float[] transposed = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[row * columns + column];
      }
    }
    return graph.constant(name, new int[] {columns, rows}, transposed);
  }

  /** As {@link #take}, a list as the only column of a matrix. */
  String takeAsColumn(String name, int length) {
    return graph.constant(name, new int[] {length, 1}, of(name, length).values());
  }

  /**
   * @throws IllegalArgumentException naming the weights that no layer has taken
   */
  void requireAllTaken() {
    Set<String> left = new TreeSet<>(weights.keySet());
    left.removeAll(taken);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("no layer has the weights %s".formatted(left));
    }
  }

  private Tensor of(String name, int... shape) {
    Tensor tensor = weights.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("weight '%s' is missing".formatted(name));
    }
    if (!tensor.fits(shape)) {
      throw new IllegalArgumentException(
          "weight '%s' has the shape %s where the network needs %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    taken.add(name);
    return tensor;
  }
}
