package ser.model.metrics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import ser.model.Emotion;

/**
 * How often each actual class was predicted as each other. Counted row by row and merged over
 * partitions; mutable, for one thread.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Emotion> labels;
  private final long[][] counts;

  /**
   * A matrix of zeros.
   *
   * @param labels the classes, in the order of the model's output
   * @throws IllegalArgumentException if there is no label, or one twice
   */
  public ConfusionMatrix(List<Emotion> labels) {
    if (labels.isEmpty() || new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException(
          "labels %s must not be empty nor repeat one".formatted(labels));
    }
    this.labels = List.copyOf(labels);
    this.counts = new long[labels.size()][labels.size()];
  }

  public List<Emotion> labels() {
    return labels;
  }

  /**
   * Counts one recording.
   *
   * @return this
   * @throws IllegalArgumentException if the matrix lacks one of the labels
   */
  public ConfusionMatrix add(Emotion actual, Emotion predicted) {
    return add(actual, predicted, 1);
  }

  /** As {@link #add(Emotion, Emotion)}, for {@code times} recordings, not negative. */
  public ConfusionMatrix add(Emotion actual, Emotion predicted, long times) {
    if (times < 0) {
      throw new IllegalArgumentException("count %d must not be negative".formatted(times));
    }
    counts[indexOf(actual)][indexOf(predicted)] += times;
    return this;
  }

  /**
   * Adds another matrix's counts.
   *
   * @return this
   * @throws IllegalArgumentException if its labels are others or in another order
   */
  public ConfusionMatrix merge(ConfusionMatrix other) {
    if (!labels.equals(other.labels)) {
      throw new IllegalArgumentException(
          "matrices of labels %s and %s cannot be merged".formatted(labels, other.labels));
    }
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
    return this;
  }

  /** Recordings of a class that were predicted as another, or as itself. */
  public long count(Emotion actual, Emotion predicted) {
    return counts[indexOf(actual)][indexOf(predicted)];
  }

  /** Recordings that are of the class. */
  public long actual(Emotion label) {
    return Arrays.stream(counts[indexOf(label)]).sum();
  }

  /** Recordings that were predicted as the class, rightly or not. */
  public long predicted(Emotion label) {
    int column = indexOf(label);
    return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
  }

  /** Recordings predicted as what they are. */
  public long correct() {
    return labels.stream().mapToLong(label -> count(label, label)).sum();
  }

  /** All recordings. */
  public long total() {
    return labels.stream().mapToLong(this::actual).sum();
  }

  /** A copy, shape [actual][predicted], in the order of {@link #labels}. */
  public long[][] toArray() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && labels.equals(that.labels)
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return labels + " " + Arrays.deepToString(counts);
  }

  private int indexOf(Emotion label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "'%s' is none of the labels %s".formatted(label.label(), labels));
    }
    return index;
  }
}
