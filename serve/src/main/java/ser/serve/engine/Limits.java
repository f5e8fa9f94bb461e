package ser.serve.engine;

/**
 * What one request, and all together, may ask for.
 *
 * @param uploadBytes of one recording, as it is sent
 * @param seconds of one recording, decoded
 * @param concurrent recordings that are scored at a time
 * @param waiting recordings that wait for a place; more are sent away
 * @param requestS seconds from a whole upload to its answer
 */
public record Limits(long uploadBytes, int seconds, int concurrent, int waiting, int requestS) {
  /** Places a core: the network takes the windows of all of them together. */
  private static final int CONCURRENT_PER_CORE = 8;

  private static final int WAITING = 64;

  public Limits {
    if (uploadBytes < 1 || uploadBytes > 1L << 30) {
      throw new IllegalArgumentException(
          "an upload of %d bytes must be from 1 byte to 1 GiB".formatted(uploadBytes));
    }
    if (seconds < 1 || concurrent < 1 || waiting < 0 || requestS < 1) {
      throw new IllegalArgumentException(
          "%d s of audio, %d at a time and %d s a request must be 1 or more, and %d waiting 0 or more"
              .formatted(seconds, concurrent, requestS, waiting));
    }
  }

  /**
   * @param concurrent 0 for what suits this machine
   */
  public static Limits of(long uploadBytes, int seconds, int concurrent, int requestS) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Limits(
        uploadBytes,
        seconds,
        concurrent == 0 ? CONCURRENT_PER_CORE * cores : concurrent,
        WAITING,
        requestS);
  }
}
