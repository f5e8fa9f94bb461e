package ser.serve.web;

/**
 * Whether a connection is in the middle of a header for too long. It is looked at once a period;
 * what comes in between two looks without being part of a request that began belongs to a header
 * that is not complete.
 */
final class HeaderWatch {
  private long begun;
  private long ended;
  private long begunBefore;
  private long bytesBefore;
  private boolean betweenBefore = true;
  private boolean incomplete;

  /** A header is complete. */
  synchronized void requestBegins() {
    begun++;
  }

  /** A request is answered, and its body read. */
  synchronized void requestEnds() {
    ended++;
  }

  /**
   * Looks.
   *
   * @param bytes that have come since the connection was opened
   * @return whether a header that had begun before the look before this is still not complete: its
   *     age is from one period to two
   */
  synchronized boolean isOverdue(long bytes) {
    boolean between = ended >= begun;
    boolean noneBegan = betweenBefore && begun == begunBefore;
    boolean overdue = incomplete && noneBegan;
    incomplete = noneBegan && bytes > bytesBefore;
    betweenBefore = between;
    begunBefore = begun;
    bytesBefore = bytes;
    return overdue;
  }
}
