package ser.model.metrics;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import ser.model.Emotion;

/**
 * What a network makes of one recording.
 *
 * @param subject which recording
 * @param actual what it is
 * @param probabilities by label, in the order of the network's outputs; copied
 */
public record Prediction(Subject subject, Emotion actual, float[] probabilities)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a probability is none, or there is none at all
   */
  public Prediction {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(actual, "actual");
    require(probabilities.length > 0, "a prediction needs a probability");
    probabilities = probabilities.clone();
    for (float probability : probabilities) {
      // Rounding of a softmax in single precision may pass 1 by a little.
      require(
          probability >= 0 && probability <= 1.0001f,
          "a probability of %s for %s is none",
          probability,
          subject.recording());
    }
  }

  /**
   * What a recording is judged by that gives several inputs: their mean, as {@code ser predict}
   * takes that of its windows.
   *
   * @param inputs probabilities of each, by label; at least one
   */
  public static float[] mean(List<float[]> inputs) {
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    float[] mean = new float[inputs.get(0).length];
    for (int label = 0; label < mean.length; label++) {
      double sum = 0;
      for (float[] probabilities : inputs) {
        sum += probabilities[label];
      }
      mean[label] = (float) (sum / inputs.size());
    }
    return mean;
  }

  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  /** How many labels there are. */
  int labels() {
    return probabilities.length;
  }

  float probabilityOf(int label) {
    return probabilities[label];
  }

  /** Index of the most probable label; the first one of several. */
  public int predicted() {
    int largest = 0;
    for (int i = 1; i < probabilities.length; i++) {
      largest = probabilities[i] > probabilities[largest] ? i : largest;
    }
    return largest;
  }

  /** The largest probability. */
  public float confidence() {
    return probabilities[predicted()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && subject.equals(that.subject)
        && actual == that.actual
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(subject, actual) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "Prediction[%s, %s, %s]".formatted(subject, actual, Arrays.toString(probabilities));
  }
}
