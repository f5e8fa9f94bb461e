package ser.serve.engine;

import java.util.ArrayList;
import java.util.List;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.network.EmotionClassifier;
import ser.model.network.WindowClassifier;

/**
 * One network in three sizes, for few windows and for many: a batch costs the same whether it is
 * full or not, and a recording of three seconds has two windows. For one thread at a time.
 */
final class SizedNetworks implements WindowClassifier {
  private static final List<Integer> SIZES = List.of(2, 8, BATCH);

  private final List<EmotionClassifier> networks = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  SizedNetworks(ModelFile model) {
    SIZES.forEach(size -> networks.add(EmotionClassifier.of(model, size)));
  }

  @Override
  public List<Emotion> labels() {
    return networks.get(0).labels();
  }

  @Override
  public float[][] probabilities(List<float[]> windows) {
    WindowClassifier.requireOneBatch(windows);
    int smallest = 0;
    while (SIZES.get(smallest) < windows.size()) {
      smallest++;
    }
    return networks.get(smallest).probabilities(windows);
  }

  @Override
  public void close() {
    networks.forEach(EmotionClassifier::close);
  }
}
