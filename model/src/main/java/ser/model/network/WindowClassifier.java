package ser.model.network;

import java.util.List;
import ser.model.Emotion;

/**
 * A trained network that turns windows into probabilities, whatever runs it. Not for use by several
 * threads at once: one per task.
 */
public interface WindowClassifier extends AutoCloseable {
  /** Windows that are scored at once. */
  int BATCH = 32;

  /** Classes, in the order of the probabilities. */
  List<Emotion> labels();

  /**
   * A window's probabilities do not depend on its company.
   *
   * @param windows normalised inputs, each of shape [channels][bands][frames], at most {@link
   *     #BATCH}
   * @return probabilities, shape [windows][labels]; each row sums to 1
   */
  float[][] probabilities(List<float[]> windows);

  /** Gives back what is not on the heap. */
  @Override
  void close();

  /**
   * @throws IllegalArgumentException if there is no window, or more than fit into a batch
   */
  static void requireOneBatch(List<float[]> windows) {
    if (windows.isEmpty() || windows.size() > BATCH) {
      throw new IllegalArgumentException(
          "%d windows were given where 1 to %d are scored at once"
              .formatted(windows.size(), BATCH));
    }
  }
}
