package ser.jobs.config;

import com.typesafe.config.Config;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import ser.jobs.error.UserError;

/**
 * What {@code ser forget} does. With patterns and a time, both must hold of a recording.
 *
 * @param output of extract or score
 * @param recordings patterns of names; none for any name
 * @param before time from which on recordings are kept; none for any time
 */
public record ForgetConfig(String output, List<String> recordings, Optional<Instant> before) {
  public ForgetConfig {
    recordings = List.copyOf(recordings);
    if (recordings.isEmpty() && before.isEmpty()) {
      throw new IllegalArgumentException("recordings and before: one of them must be given");
    }
  }

  public static ForgetConfig from(Config config) {
    Settings settings = new Settings(config, "ser.forget");
    String output = settings.required("output", "--output");
    List<String> recordings = settings.list("recordings");
    Optional<Instant> before =
        settings.says("before", "never")
            ? Optional.empty()
            : Optional.of(instant(settings.text("before").strip()));
    if (recordings.isEmpty() && before.isEmpty()) {
      throw new UserError(
          "Nothing is said for ser.forget.recordings or ser.forget.before. Give --recording PATTERN or --before DATE on the command line.");
    }
    return new ForgetConfig(output, recordings, before);
  }

  private static Instant instant(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new UserError(
          "Wrong value for ser.forget.before: '%s'. It is a date as 2026-01-31, which begins in UTC, or a time as 2026-01-31T12:00:00Z."
              .formatted(text),
          e);
    }
  }
}
