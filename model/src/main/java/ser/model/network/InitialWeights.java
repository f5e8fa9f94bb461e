package ser.model.network;

import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * What weights are drawn from before the first step. Biases begin at 0. The size of the first
 * weights decides how much the layers below learn before the last one has fitted the rows, and with
 * few rows that is several points of accuracy.
 */
public enum InitialWeights {
  /**
   * Normal, variance 2 / fan-in: He et al., Delving Deep into Rectifiers (2015). The output layer's
   * are Glorot's, normal.
   */
  HE_NORMAL(WeightInit.RELU, WeightInit.XAVIER),
  /** Uniform to sqrt(6 / (fan-in + fan-out)), as Keras does it unless told otherwise. */
  GLOROT_UNIFORM(WeightInit.XAVIER_UNIFORM, WeightInit.XAVIER_UNIFORM),
  /** Uniform to 1 / sqrt(fan-in), as PyTorch does it unless told otherwise. */
  FAN_IN_UNIFORM(WeightInit.UNIFORM, WeightInit.UNIFORM);

  private final WeightInit hidden;
  private final WeightInit output;

  InitialWeights(WeightInit hidden, WeightInit output) {
    this.hidden = hidden;
    this.output = output;
  }

  /**
   * @param label as in {@code he-normal}
   */
  public static InitialWeights ofLabel(String label) {
    return Arrays.stream(values())
        .filter(known -> known.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of he-normal, glorot-uniform, fan-in-uniform".formatted(label)));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  WeightInit hidden() {
    return hidden;
  }

  WeightInit output() {
    return output;
  }
}
