package ser.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast the last run was that read audio into an output.
 *
 * @param runId which one
 * @param audioS seconds of audio that it read, above 0
 * @param seconds that it took from its beginning to its record, above 0
 * @param slots tasks that it ran at once, at least 1
 */
public record PastSpeed(String runId, double audioS, double seconds, int slots) {
  /** In a record: tasks that ran at once. */
  public static final String SLOTS = "slots";

  /** Records that are looked at, from the last on: runs of other jobs may have come since. */
  private static final int MOST_RECORDS = 20;

  /**
   * Looks through the last records.
   *
   * @param job name of the command
   * @return nothing, if none of them is of a run that read audio
   */
  public static Optional<PastSpeed> of(Storage storage, String output, String job) {
    String runs = output.replaceAll("(?<=[^/:])/+$", "") + "/runs";
    List<String> records = new ArrayList<>(storage.entries(runs));
    records.addAll(storage.entries(runs + "/past"));
    return records.stream()
        .filter(RunRecords::isRecord)
        .sorted(Comparator.comparing(PastSpeed::name).reversed())
        .limit(MOST_RECORDS)
        .map(file -> of(RunRecords.read(storage, file), job))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** How long so much audio would take on as many slots as there are now. */
  public double secondsFor(double otherAudioS, int otherSlots) {
    return otherAudioS / audioS * seconds * slots / Math.max(1, otherSlots);
  }

  private static Optional<PastSpeed> of(JsonNode record, String job) {
    double audioS = record.at("/outcome/audio_seconds").asDouble();
    if (!record.at("/outcome/job").asText().equals(job) || !(audioS > 0)) {
      return Optional.empty();
    }
    try {
      Duration took =
          Duration.between(
              Instant.parse(record.path("started_at").asText()),
              Instant.parse(record.path("finished_at").asText()));
      return Optional.of(
          new PastSpeed(
              record.path("run_id").asText(),
              audioS,
              Math.max(0.001, took.toMillis() / 1000.0),
              Math.max(1, record.path(SLOTS).asInt(1))));
    } catch (DateTimeException e) {
      return Optional.empty(); // no times, no speed
    }
  }

  private static String name(String record) {
    return record.substring(record.lastIndexOf('/') + 1);
  }
}
