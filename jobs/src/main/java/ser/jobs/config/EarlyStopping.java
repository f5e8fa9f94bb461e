package ser.jobs.config;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * When a training has learnt enough, and which epoch's weights it keeps.
 *
 * @param monitor by what one epoch is better than another
 * @param patience epochs without a better one before the end
 */
public record EarlyStopping(Monitor monitor, int patience) implements Serializable {

  /** What the validation side says of an epoch. */
  public enum Monitor {
    /** What the models are judged by. */
    MACRO_F1("macro-f1"),
    /** Mean cross-entropy: of few recordings it depends less on single ones. */
    LOSS("loss");

    private final String label;

    Monitor(String label) {
      this.label = label;
    }

    /** As it stands in the configuration and in reports. */
    public String label() {
      return label;
    }

    /** What is larger the better an epoch was. */
    public double score(double macroF1, double loss) {
      return switch (this) {
        case MACRO_F1 -> macroF1;
        case LOSS -> -loss;
      };
    }

    static Monitor ofLabel(String label) {
      return Arrays.stream(values())
          .filter(monitor -> monitor.label.equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'%s' is none of %s"
                          .formatted(
                              label,
                              Arrays.stream(values())
                                  .map(Monitor::label)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  public EarlyStopping {
    Objects.requireNonNull(monitor, "monitor");
    if (patience < 1) {
      throw new IllegalArgumentException("patience %d must be at least 1".formatted(patience));
    }
  }
}
