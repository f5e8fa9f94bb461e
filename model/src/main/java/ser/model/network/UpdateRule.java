package ser.model.network;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * From gradients to steps.
 *
 * @param kind of optimiser
 * @param weightDecay share of each weight that a step takes away, times the learning rate; biases
 *     and batch normalisation keep theirs. With Adam this is AdamW: Loshchilov and Hutter,
 *     Decoupled Weight Decay Regularization (2019)
 */
public record UpdateRule(Kind kind, double weightDecay) implements Serializable {

  /** Optimisers by name. */
  public enum Kind {
    /** With DL4J's, and PyTorch's, defaults: 0.9, 0.999, 1e-8. */
    ADAM,
    /** Plain, without momentum. */
    SGD;

    public static Kind ofLabel(String label) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(label)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("'%s' is none of adam, sgd".formatted(label));
    }
  }

  public UpdateRule {
    Objects.requireNonNull(kind, "kind");
    require(
        weightDecay >= 0 && weightDecay < 1,
        "weight-decay %s must be at least 0 and below 1",
        weightDecay);
  }

  /** Adam without decay. */
  public static UpdateRule adam() {
    return new UpdateRule(Kind.ADAM, 0);
  }

  IUpdater updater(double learningRate) {
    return switch (kind) {
      case ADAM -> new Adam(learningRate);
      case SGD -> new Sgd(learningRate);
    };
  }

  List<Regularization> regularisation() {
    List<Regularization> decay = new ArrayList<>();
    if (weightDecay > 0) {
      decay.add(new DecoupledDecay(weightDecay));
    }
    return decay;
  }
}
