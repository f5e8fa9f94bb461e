package ser.features.signal;

/**
 * One loop over the lanes of a few rows. Transforms are lists of them, run in turn: called in one
 * place through this interface they are compiled each by itself. Written one after the other they
 * would be inlined into one method of a dozen loops, for which the JIT compiler takes seconds and
 * of which it leaves half scalar.
 */
@FunctionalInterface
interface RowLoop {
  /** Works on rows {@code at + j part}. */
  void apply(float[][] rows, int at, int part);
}
