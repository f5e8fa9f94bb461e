package ser.serve.engine;

/** A request that gets no result. Its message is one sentence or two for whoever asked. */
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /**
   * @param message what is wrong, and the remedy
   */
  public RefusedException(Refusal refusal, String message) {
    // An answer, not a fault: nobody looks at its stack.
    super(message, null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
