package ser.serve.engine;

import java.util.List;
import ser.model.Emotion;
import ser.model.network.WindowClassifier;

/** A batcher as one request sees it. For one thread at a time. */
final class BatchedClassifier implements WindowClassifier {
  private final List<Emotion> labels;
  private final WindowBatcher batcher;
  private Deadline deadline;

  BatchedClassifier(List<Emotion> labels, WindowBatcher batcher, Deadline deadline) {
    this.labels = labels;
    this.batcher = batcher;
    this.deadline = deadline;
  }

  /** Says when the next recording must be done. */
  void until(Deadline next) {
    deadline = next;
  }

  @Override
  public List<Emotion> labels() {
    return labels;
  }

  @Override
  public float[][] probabilities(List<float[]> windows) {
    try {
      return batcher.probabilities(windows, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the network", e);
    }
  }

  /** Does nothing: the batcher is everybody's. */
  @Override
  public void close() {}
}
