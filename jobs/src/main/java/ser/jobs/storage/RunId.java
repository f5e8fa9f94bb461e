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

  /** A name for a run that begins now. */
  static String now() {
    return unique(Instant.now());
  }

  /**
   * A run's name, or if the run before it has a later one, whose clock was ahead then, another that
   * comes behind that: else the last run would stay the last.
   *
   * @param last name of the run before it
   */
  static String behind(Optional<String> last, String id) {
    Optional<Instant> before = last.filter(found -> found.compareTo(id) > 0).flatMap(RunId::timeOf);
    if (before.isEmpty()) {
      return id;
    }
    String later = unique(before.get().plusMillis(1));
    LOG.warn(
        "This machine's clock is behind that of the last run, {}: this one, {}, is named {} as if it began right after it",
        last.get(),
        id,
        later);
    return later;
  }

  private static String unique(Instant moment) {
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
