package ser.model.onnx;

import java.util.Map;
import java.util.TreeMap;
import ser.model.file.ModelFile;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;

/**
 * A model file's network as ONNX, operators of set 17, for any program that runs such files.
 *
 * <ul>
 *   <li>{@code input}, float [N][channels][rows][frames]: what {@link
 *       ser.model.scoring.WindowFeatures} gives, normalised. Features are not part of the graph.
 *   <li>{@code probabilities}, float [N][labels]; each row sums to 1.
 *   <li>{@code metadata_props}: all that {@link ModelFile#metadata} says, and {@code model_id}.
 * </ul>
 */
public final class OnnxModel {
  private OnnxModel() {}

  /**
   * The file. Equal models give equal bytes.
   *
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public static byte[] bytesOf(ModelFile model) {
    OnnxGraph graph = graphOf(model);
    Map<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.put("model_id", model.modelId());
    return graph.toBytes(metadata);
  }

  private static OnnxGraph graphOf(ModelFile model) {
    OnnxGraph graph = new OnnxGraph(model.architecture().recipe());
    GraphWeights weights = new GraphWeights(model.weights(), graph);
    int classes = model.labels().size();
    LayerNodes nodes =
        new LayerNodes(graph, weights, NetworkShape.of(model.input().inputSpec(), classes));
    NetworkArchitecture.parse(model.architecture().layers()).layers().forEach(nodes::add);
    nodes.addOutput(classes);
    weights.requireAllTaken();
    return graph;
  }

  /**
   * To be called before a network is made of a file that may come from anywhere: a network takes
   * the memory that its layers ask for, whatever weights there are.
   *
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public static void requireFitting(ModelFile model) {
    graphOf(model);
  }
}
