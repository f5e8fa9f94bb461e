package ser.serve.engine;

import java.util.Locale;

/** Why a request gets no result, besides recordings that cannot be read. The names are public. */
public enum Refusal {
  BAD_PARAMETER,
  UNKNOWN_MODEL,
  TOO_LARGE,
  TOO_SLOW,
  TOO_LONG,
  TOO_MANY_CHANNELS,
  CHANNEL_NOT_NAMED,
  BUSY,
  OUT_OF_TIME;

  /** As in answers: {@code too_large}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
