package ser.jobs.train;

/** A network that cannot be trained as it is described; nothing else is wrong. */
public final class TrainingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Why. */
  public enum Kind {
    /** The layers do not fit each other or the input. */
    UNBUILDABLE,
    /** The loss is not a number any more. */
    DIVERGED,
    /** A task has not the memory for it. */
    OUT_OF_MEMORY
  }

  public TrainingFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
