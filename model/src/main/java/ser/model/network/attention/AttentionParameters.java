package ser.model.network.attention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of {@link AttentivePooling}: {@code W} [channels][hidden], {@code b} [1][hidden],
 * and {@code v} [1][hidden], one after the other. A bias of the weight itself would change nothing:
 * softmax does not see it.
 */
public final class AttentionParameters implements ParamInitializer {
  /** From channels to hidden units. */
  public static final String WEIGHT = "W";

  /** Of hidden units. */
  public static final String BIAS = "b";

  /** From hidden units to a place's score. */
  public static final String SCORE = "v";

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    AttentivePooling pooling = (AttentivePooling) layer;
    return (pooling.getNIn() + 2) * pooling.getHidden();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(WEIGHT, BIAS, SCORE);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT, SCORE);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return WEIGHT.equals(key) || SCORE.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return BIAS.equals(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialise) {
    Map<String, INDArray> table = divided(conf, parameters);
    table.keySet().forEach(conf::addVariable);
    if (initialise) {
      AttentivePooling pooling = (AttentivePooling) conf.getLayer();
      initialise(pooling, table.get(WEIGHT), pooling.getNIn(), pooling.getHidden());
      initialise(pooling, table.get(SCORE), pooling.getHidden(), 1);
      table.get(BIAS).assign(0);
    }
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return divided(conf, gradients);
  }

  private static void initialise(BaseLayer layer, INDArray weights, double in, double out) {
    INDArray view = weights.reshape(weights.length());
    layer.getWeightInitFn().init(in, out, weights.shape(), weights.ordering(), view);
  }

  /** Views of one row of all parameters. */
  private static Map<String, INDArray> divided(NeuralNetConfiguration conf, INDArray all) {
    AttentivePooling pooling = (AttentivePooling) conf.getLayer();
    long channels = pooling.getNIn();
    long hidden = pooling.getHidden();
    INDArray row = all.reshape(all.length());
    Map<String, INDArray> table = new LinkedHashMap<>();
    table.put(WEIGHT, part(row, 0, channels, hidden));
    table.put(BIAS, part(row, channels * hidden, 1, hidden));
    table.put(SCORE, part(row, (channels + 1) * hidden, 1, hidden));
    return table;
  }

  private static INDArray part(INDArray row, long from, long rows, long columns) {
    return row.get(NDArrayIndex.interval(from, from + rows * columns)).reshape('c', rows, columns);
  }
}
