package ser.jobs.train;

import java.io.Serializable;
import java.util.Objects;
import ser.model.split.Side;

/**
 * Whose rows are normalised together.
 *
 * @param side of the split: what stands on another one is not looked at
 * @param speaker as the table says
 * @param kind of variant: a telephone changes every voice
 * @param mix 0 for all of these rows, else a part of them
 */
record Voice(Side side, String speaker, String kind, int mix) implements Serializable {
  /** An enum's own hash differs between processes, and keys meet across them. */
  @Override
  public int hashCode() {
    return 31 * Objects.hash(speaker, kind, mix) + side.ordinal();
  }
}
