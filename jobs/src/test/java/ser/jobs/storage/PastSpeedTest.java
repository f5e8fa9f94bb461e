package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast earlier runs were, as their records say. */
class PastSpeedTest {
  @TempDir Path output;

  private final Storage storage = new Storage(new Configuration());

  @Test
  void givenLaterRunsOfOtherJobs_whenAsked_thenItIsTheLastThatReadAudio() throws IOException {
    record("past/20260101T000000000Z-aaaaaaaa", "score", 100, "00:00:00", "00:00:50");
    record("20260102T000000000Z-bbbbbbbb", "score", 600, "00:00:00", "00:01:00");
    record("20260103T000000000Z-cccccccc", "score", 0, "00:00:00", "00:09:00");
    record("20260104T000000000Z-dddddddd", "forget", 900, "00:00:00", "00:00:01");

    assertThat(speed()).hasValue(new PastSpeed("20260102T000000000Z-bbbbbbbb", 600, 60, 2));
  }

  @Test
  void givenOnlyShelvedRecords_whenAsked_thenTheyCount() throws IOException {
    record("past/20260101T000000000Z-aaaaaaaa", "score", 100, "00:00:00", "00:00:50");

    assertThat(speed()).hasValue(new PastSpeed("20260101T000000000Z-aaaaaaaa", 100, 50, 2));
  }

  @Test
  void givenNoRun_whenAsked_thenNothingIsKnown() {
    assertThat(speed()).isEmpty();
  }

  @Test
  void givenMoreSlots_whenEstimated_thenItTakesSoMuchLess() {
    PastSpeed speed = new PastSpeed("a", 600, 60, 2);

    assertThat(speed.secondsFor(6_000, 2)).isEqualTo(600);
    assertThat(speed.secondsFor(6_000, 8)).isEqualTo(150);
  }

  private Optional<PastSpeed> speed() {
    return PastSpeed.of(storage, output.toString(), "score");
  }

  private void record(String name, String job, double audioS, String from, String to)
      throws IOException {
    Path file = output.resolve("runs/" + name + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
"""
{"run_id": "%s", "started_at": "2026-01-01T%sZ", "finished_at": "2026-01-01T%sZ", "slots": 2,
 "outcome": {"job": "%s", "audio_seconds": %s}}
"""
            .formatted(name.replace("past/", ""), from, to, job, audioS));
  }
}
