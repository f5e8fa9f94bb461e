package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is known of one speaker before the first of his inputs is judged.
 *
 * @param normaliser what his inputs are normalised by
 * @param speechS how much of him it was made of, in seconds
 */
public record HeardSpeaker(Normaliser normaliser, double speechS) implements Serializable {
  public HeardSpeaker {
    Objects.requireNonNull(normaliser, "normaliser");
    require(speechS >= 0, "%s s of speech must be 0 or above", speechS);
  }

  /** Of whom nothing was heard. */
  public static HeardSpeaker unheard(Normaliser training) {
    return new HeardSpeaker(training, 0);
  }
}
