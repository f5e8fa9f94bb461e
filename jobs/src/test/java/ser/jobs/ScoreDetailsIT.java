package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.features.audio.Clip;

/** {@code ser score}: what paths and a manifest say of recordings. */
@ExtendWith(TrainedModel.Provider.class)
class ScoreDetailsIT {
  private static final Clip SILENCE = TestRecordings.silence(1.2);
  private static final Clip VOICE = TestRecordings.voice(200, 0.1, 1.2, 5);
  private static final String JANUARY = "date=2026-01-01/agent=Ann B/call-1_ch1.wav";
  private static final String PERCENT = "date=2026-01-02/agent=x%20y/call-2_ch0.wav";

  @TempDir Path folder;

  private ScoredOutput output;
  private Path input;

  @BeforeEach
  void chooseFolders() {
    output = new ScoredOutput(folder.resolve("out"));
    input = folder.resolve("in");
  }

  @Test
  void givenAPattern_whenScoredAndMaintained_thenItsGroupsAreColumnsAndFoldersThroughout(
      TrainedModel model) throws IOException {
    TestRecordings.writeStereo(input.resolve(JANUARY), SILENCE, VOICE);
    TestRecordings.writeStereo(input.resolve(PERCENT), SILENCE, VOICE);
    TestRecordings.writeStereo(
        input.resolve("date=2026-01-02/agent=C/call-3_chleft.wav"), VOICE, VOICE);
    TestRecordings.writeStereo(input.resolve("date=2026-01-02/agent=C/call-4.wav"), VOICE, VOICE);
    TestRecordings.write(input.resolve("loose.wav"), VOICE);
    String[] settings = {
      "--set",
      "ser.score.path-pattern=date=…/agent=…/call-(?<call_id>\\d+)(?:_ch(?<channel>\\w+))?",
      "--set",
      "ser.score.customer-channel=mixed",
      "--set",
      "ser.score.partition-by=date"
    };

    output.score(model, input, settings).done();

    assertThat(output.quarantine())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("reason", "channel_not_named");
              assertThat((String) row.get("detail")).contains("'left'", "path-pattern");
            });
    assertThat(output.calls().stream().map(ScoreDetailsIT::details))
        .containsExactly(
            "1 2026-01-01 Ann B 1",
            "-1 2026-01-02 C 4",
            "0 2026-01-02 x%20y 2",
            "0 null null null");
    assertThat(output.windows().stream().map(ScoreDetailsIT::details))
        .containsExactlyElementsOf(output.calls().stream().map(ScoreDetailsIT::details).toList());
    assertThat(output.segments().stream().map(row -> row.get("call_id")))
        .containsExactly("1", "4", null);
    for (String table : List.of("windows", "segments", "calls")) {
      assertThat(folders(table))
          .as(table)
          .containsExactly("date=2026-01-01", "date=2026-01-02", "date=__HIVE_DEFAULT_PARTITION__");
    }

    // One is replaced, and what shares its folder stays.
    TestRecordings.writeStereo(
        input.resolve(PERCENT),
        TestRecordings.silence(1.4),
        TestRecordings.voice(200, 0.1, 1.4, 6));
    List<Map<String, Object>> before = output.windows();
    assertThat(output.score(model, input, settings).done().result().path("rows").asInt()).isOne();
    List<Map<String, Object>> after = output.windows();

    assertThat(after).hasSameSizeAs(before);
    assertThat((double) after.get(2).get("end_s")).isCloseTo(1.4, within(1e-4));
    assertThat(after.get(2)).containsEntry("date", "2026-01-02");
    assertThat(after.get(1)).isEqualTo(before.get(1));
    assertThat(folders("windows")).hasSize(3);

    maintain("forget", "--recording", "**/call-2_*").done();
    assertThat(output.windows()).isEqualTo(Stream.of(0, 1, 3).map(after::get).toList());
    maintain("compact").done();

    assertThat(output.windows()).isEqualTo(Stream.of(0, 1, 3).map(after::get).toList());
    assertThat(output.calls().stream().map(ScoreDetailsIT::details))
        .containsExactly("1 2026-01-01 Ann B 1", "-1 2026-01-02 C 4", "0 null null null");
    assertThat(folders("windows")).hasSize(3);
    assertThat(output.score(model, input, settings).done().result().path("calls").asInt()).isOne();
    assertThat(output.windows().stream().map(row -> row.get("recording")))
        .isEqualTo(after.stream().map(row -> row.get("recording")).toList());
  }

  @Test
  void givenAManifest_whenScored_thenItNamesChannelsAndItsOtherColumnsStandInTheTables(
      TrainedModel model) throws IOException {
    for (String name :
        List.of("a, b.wav", "left.wav", "mi\u0308xed.wav", "second.wav", "unnamed.wav")) {
      TestRecordings.writeStereo(input.resolve(name), SILENCE, VOICE);
    }
    Path manifest = folder.resolve("calls.csv");
    Files.writeString(
        manifest,
        """
        Path,queue,Channel
        "a, b.wav","sales, ""eu""\",1
        left.wav,sales,left
        mïxed.wav,,mixed
        second.wav,sales,2
        gone.wav,sales,0
        """);

    SerRun run = output.score(model, input, "--set", "ser.score.manifest=" + manifest).done();

    assertThat(run.result().path("manifest_rows").asInt()).isEqualTo(5);
    assertThat(run.result().path("missing").asInt()).isOne();
    assertThat(output.calls().stream().map(ScoreDetailsIT::nameQueueChannel))
        .containsExactly("a, b.wav|sales, \"eu\"|1", "mi\u0308xed.wav|null|-1");
    assertThat(output.windows()).hasSize(2).allMatch(row -> row.containsKey("queue"));
    assertThat(output.quarantine().stream().map(row -> (String) row.get("detail")))
        .satisfiesExactly(
            left -> assertThat(left).contains("'left'", "mixed"),
            second -> assertThat(second).contains("no channel 2", "manifest"),
            unnamed -> assertThat(unnamed).contains("none is named", "customer-channel"));
  }

  @ParameterizedTest
  @CsvSource({
    "'file,channel\na.wav,0\n', without 'path'",
    "'path,emotion\na.wav,x\n', 'emotion'",
    "'path,agent name\na.wav,x\n', 'agent name'",
    "'path,channel\na.wav,0\nb.wav,1\na.wav,1\n', rows 2 and 4",
    "'path,channel\n', no rows",
    "'path,channel\n,0\n', row 2"
  })
  void givenAManifestThatCannotBeUsed_whenScored_thenOneLineSaysWhy(
      String text, String why, TrainedModel model) throws IOException {
    TestRecordings.write(input.resolve("a.wav"), VOICE);
    Path manifest = Files.writeString(folder.resolve("calls.csv"), text);

    SerRun run = output.score(model, input, "--set", "ser.score.manifest=" + manifest);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasSize(1);
    assertThat(run.complaint()).contains(manifest.toString(), why);
    assertThat(output.calls()).isEmpty();
  }

  private SerRun maintain(String command, String... more) {
    return SerRun.of(
        Stream.concat(Stream.of(command, "--output", output.folder().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  /** Folders that the files of a table stand in. */
  private List<String> folders(String table) {
    Path root = output.folder().resolve(table);
    return new ParquetTable(root)
        .files().stream()
            .map(file -> root.relativize(file.getParent()).toString())
            // The file that tells readers the columns, whatever folders there are.
            .filter(name -> !name.isEmpty())
            .distinct()
            .sorted()
            .toList();
  }

  private static String details(Map<String, Object> row) {
    return "%s %s %s %s"
        .formatted(row.get("channel"), row.get("date"), row.get("agent"), row.get("call_id"));
  }

  private static String nameQueueChannel(Map<String, Object> row) {
    return "%s|%s|%s".formatted(row.get("recording"), row.get("queue"), row.get("channel"));
  }
}
