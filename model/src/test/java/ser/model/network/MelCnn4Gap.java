package ser.model.network;

import java.util.ArrayList;
import java.util.List;

/** The layers of recipe {@code mel-cnn4-gap}. */
final class MelCnn4Gap {
  private MelCnn4Gap() {}

  static NetworkArchitecture architecture() {
    List<String> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64, 128, 256}) {
      layers.addAll(
          List.of("conv %d 3x3".formatted(filters), "batch-norm", "relu", "max-pool 2x2"));
    }
    layers.addAll(List.of("global-average-pool", "dropout 0.6", "dense 128", "dropout 0.4"));
    return NetworkArchitecture.parse(layers);
  }
}
