package ser.model;

import java.util.Locale;

/** Checks of record components, with messages that name the value. */
public final class Require {
  private Require() {}

  /** Conditions are written so that NaN fails: {@code require(x > 0, …)}, not {@code x <= 0}. */
  public static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
