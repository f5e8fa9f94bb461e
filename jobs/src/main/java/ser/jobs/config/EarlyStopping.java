package ser.jobs.config;

import java.io.Serializable;

/**
 * When a training has learnt enough, and which epoch's weights it keeps.
 *
 * @param monitor by what one epoch is better than another
 * @param patience epochs without a better one before the end
 */
public record EarlyStopping(Monitor monitor, int patience) implements Serializable {

  /** What the validation side says of an epoch. */
  public enum Monitor {
    /** Mean F1 over the emotions. */
    MACRO_F1("macro-f1"),
    /** Mean cross-entropy. */
    LOSS("loss");

    private final String label;

    Monitor(String label) {
      this.label = label;
    }

    /** As it stands in the configuration and in reports. */
    public String label() {
      return label;
    }

    /** Higher for a better epoch. */
    public double score(double macroF1, double loss) {
      return switch (this) {
        case MACRO_F1 -> macroF1;
        case LOSS -> -loss;
      };
    }

    static Monitor ofLabel(String label) {
      for (Monitor monitor : values()) {
        if (monitor.label.equals(label)) {
          return monitor;
        }
      }
      throw new IllegalArgumentException("'%s' is none of macro-f1, loss".formatted(label));
    }
  }

  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience %d must be at least 1".formatted(patience));
    }
  }
}
