package ser.jobs.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ser.model.metrics.Prediction;

/**
 * What a network makes of rows of which some give several inputs. The inputs of a row may come in
 * any order, but before those of its next copy; memory holds rows that are not complete yet.
 * Mutable, for one thread.
 */
final class RowProbabilities {
  private final Map<Key, List<float[]>> open = new HashMap<>();

  private record Key(String recording, String variant) {}

  /**
   * @param probabilities of one input, by label
   * @return those of its row, once this was the last of its inputs
   */
  Optional<float[]> add(LabelledInput input, float[] probabilities) {
    Key key = new Key(input.recording(), input.variant());
    List<float[]> inputs = open.computeIfAbsent(key, row -> new ArrayList<>());
    inputs.add(probabilities);
    if (inputs.size() < input.part().count()) {
      return Optional.empty();
    }
    open.remove(key);
    return Optional.of(Prediction.mean(inputs));
  }
}
