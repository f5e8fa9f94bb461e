package ser.serve.engine;

/** A recording of several channels, of which none that it has is named. */
public final class ChannelNotNamedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final int channels;

  ChannelNotNamedException(int channels, String message) {
    super(Refusal.CHANNEL_NOT_NAMED, message);
    this.channels = channels;
  }

  /** How many it has, to choose from. */
  public int channels() {
    return channels;
  }
}
