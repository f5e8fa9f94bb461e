package ser.jobs.storage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names of runs: of the moment they began, and unique. As texts they are in the order of runs. */
public final class RunId {
  private static final Logger LOG = LoggerFactory.getLogger(RunId.class);
  private static final Pattern FORM = Pattern.compile("(\\d{8}T\\d{9}Z)-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private RunId() {}

  /** What the ids of runs that began then begin with. */
  public static String of(Instant moment) {
    return TIME.format(moment);
  }

  /**
   * A name for a run that begins now.
   *
   * @param last name of the run before it. Its clock may have been ahead of this one's: the new
   *     name comes behind it in any case, or the last run would stay the last
   */
  static String next(Optional<String> last) {
    Instant now = Instant.now();
    Instant moment = now;
    Optional<Instant> before = last.flatMap(RunId::timeOf);
    if (before.isPresent() && !before.get().isBefore(now)) {
      moment = before.get().plusMillis(1);
      LOG.warn(
          "This machine's clock, {}, is behind that of the last run, {}; this run is named as if it began right after it",
          now,
          last.get());
    }
    return of(moment) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Whether it is a run's name. */
  static boolean names(String text) {
    return FORM.matcher(text).matches();
  }

  /** The run's name in that of a file that it has written. */
  static Optional<String> in(String file) {
    Matcher found = FORM.matcher(file);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  private static Optional<Instant> timeOf(String id) {
    Matcher found = FORM.matcher(id);
    return found.matches()
        ? Optional.of(TIME.parse(found.group(1), Instant::from))
        : Optional.empty();
  }
}
