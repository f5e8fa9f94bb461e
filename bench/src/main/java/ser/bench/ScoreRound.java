package ser.bench;

/**
 * One side of one round.
 *
 * @param audioS seconds of audio that were scored, above 0
 * @param wallS from the start of the process to its end
 * @param cpuS of the process and its children, start included
 * @param workS by the program's own clock: ours with the start of Spark, not of the JVM, the peers'
 *     without
 */
record ScoreRound(double audioS, double wallS, double cpuS, double workS) {
  ScoreRound {
    if (!(audioS > 0 && wallS > 0 && cpuS > 0 && workS > 0)) {
      throw new IllegalArgumentException(
          "%s s of audio in %s s of wall, %s of CPU and %s of work: nothing was scored"
              .formatted(audioS, wallS, cpuS, workS));
    }
  }

  /**
   * @throws IllegalStateException if one side has read more audio than the other
   */
  void requireSameWorkAs(ScoreRound ours) {
    if (Math.abs(audioS - ours.audioS) > 1e-3 * ours.audioS) {
      throw new IllegalStateException(
          "the peer scored %s s of audio, we %s s: not the same work"
              .formatted(audioS, ours.audioS));
    }
  }
}
