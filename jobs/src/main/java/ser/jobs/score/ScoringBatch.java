package ser.jobs.score;

import java.util.ArrayList;
import java.util.List;
import ser.model.network.WindowClassifier;

/** Gathers windows of any recordings until the network's batch is full. */
final class ScoringBatch {
  private final WindowClassifier classifier;
  private final List<float[]> inputs = new ArrayList<>();
  private final List<PendingWindow> windows = new ArrayList<>();

  ScoringBatch(WindowClassifier classifier) {
    this.classifier = classifier;
  }

  void add(PendingWindow window, float[] input) {
    windows.add(window);
    inputs.add(input);
    if (inputs.size() == WindowClassifier.BATCH) {
      flush();
    }
  }

  /** Scores what is there. */
  void flush() {
    if (inputs.isEmpty()) {
      return;
    }
    float[][] probabilities = classifier.probabilities(inputs);
    for (int i = 0; i < probabilities.length; i++) {
      windows.get(i).score(probabilities[i]);
    }
    inputs.clear();
    windows.clear();
  }
}
