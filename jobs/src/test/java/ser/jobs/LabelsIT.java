package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ser extract}: labels of folders, of manifests and of several corpora. */
class LabelsIT {
  @TempDir Path folder;

  private Path input;
  private Path output;

  @BeforeEach
  void folders() {
    input = folder.resolve("in");
    output = folder.resolve("out");
  }

  @Test
  void givenFoldersOfEmotions_whenExtracted_thenTheFolderIsTheLabel() {
    recordings("Anger/1.wav", "anna/happy/2.wav", "misc/3.wav");

    extract("--corpus", "folders").done();

    assertThat(column(features(), "recording", "corpus", "speaker", "emotion", "source_label"))
        .containsExactly(
            "Anger/1.wav folders folders-unknown angry Anger",
            "anna/happy/2.wav folders folders-unknown happy happy");
    assertThat(column(features(), "licence")).containsOnly("unknown");
    assertThat(column(quarantine(), "recording", "reason"))
        .containsExactly("misc/3.wav unlabelled");
  }

  @Test
  void givenASpeakerPattern_whenFoldersAreExtracted_thenItsGroupIsTheSpeaker() {
    recordings("anna/happy/2.wav", "ben/sad/2.wav");

    extract("--corpus", "folders", "--set", "ser.extract.speaker-pattern=^(?<speaker>[^/]+)/[^/]+/")
        .done();

    assertThat(column(features(), "speaker")).containsExactly("folders-anna", "folders-ben");
  }

  @Test
  void givenNoSpeakers_whenTrained_thenItIsRefused() {
    recordings("sad/1.wav", "happy/2.wav");
    extract("--corpus", "folders").done();

    SerRun train =
        SerRun.of(
            "train",
            "--features",
            output.resolve("features").toString(),
            "--output",
            folder.resolve("model").toString());

    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.complaint()).contains("folders-unknown", "Cannot split by speaker");
  }

  @Test
  void givenRecordingsOfSixCorpora_whenExtractedWithAuto_thenOneTableHoldsThem() {
    recordings(
        "tess/OAF_neutral/OA_bite_neutral.wav",
        "crema/1054_IEO_FEA_HI.wav",
        "savee/DC/su03.wav",
        "emodb/03a01Fa.wav",
        "ravdess/03-01-05-02-01-02-07.wav",
        "synthetic-07-f-angry-02-01.wav");

    extract().done();

    assertThat(column(features(), "speaker", "gender", "emotion", "intensity", "licence"))
        .containsExactlyInAnyOrder(
            "tess-OAF female neutral  CC-BY-NC-ND-4.0",
            "cremad-1054 female fearful high ODbL-1.0",
            "savee-DC male surprised  SAVEE research licence",
            "emodb-03 male happy  CC0-1.0",
            "ravdess-07 male angry strong CC-BY-NC-SA-4.0",
            "synthetic-07 female angry  GPL-3.0-or-later");
  }

  @Test
  void givenAListOfCorpora_whenExtracted_thenOthersAreUnlabelled() {
    recordings("OAF_whip_sad.wav", "03a01Fa.wav", "03-01-05-02-01-02-07.wav");

    extract("--corpus", "ravdess,tess").done();

    assertThat(column(features(), "corpus")).containsExactly("ravdess", "tess");
    assertThat(column(quarantine(), "recording", "reason"))
        .containsExactly("03a01Fa.wav unlabelled");
    assertThat((String) quarantine().get(0).get("detail")).contains("[ravdess, tess]");
  }

  @Test
  void givenOneNameUnderTwoInputs_whenExtracted_thenBothAreNamedAndNothingIsWritten() {
    recordings("a/03a01Fa.wav", "b/03a01Fa.wav");

    SerRun run =
        SerRun.of(
            "extract",
            "--input",
            input.resolve("a") + "," + input.resolve("b"),
            "--output",
            output.toString());

    assertRefused(run, "a/03a01Fa.wav", "b/03a01Fa.wav", "common parent");
  }

  /** Quotes with commas, quotes and line breaks; a BOM; CRLF; columns in any order and case. */
  @Test
  void givenACsvManifest_whenExtracted_thenItsRowsAreTheLabels() throws IOException {
    recordings("a, b.wav", "c \"d\".wav", "e#%20.wav", "more/f.wav", "unnamed.wav", "odd.wav");
    Path manifest =
        csv(
            "\uFEFFemotion,Path,speaker,gender,statement,intensity,corpus,licence\r\n"
                + "Joy,\"a, b.wav\",s1,F,\"one,\r\ntwo\",strong,mine,CC-BY-4.0\r\n"
                + "sad,\"c \"\"d\"\".wav\",s1,female,,,mine,CC-BY-4.0\r\n"
                + "anger,./e#%20.wav,,,,,,\r\n"
                + "neutral,file://"
                + input
                + "/more/f.wav,s2,m,,,mine,CC-BY-4.0\r\n"
                + "frustrated,odd.wav,s2,m,,,mine,CC-BY-4.0\r\n"
                + "sad,gone.wav,s2,m,,,mine,CC-BY-4.0\r\n"
                + "sad,gone.wav,s2,m,,,mine,CC-BY-4.0\r\n"
                + "sad,/elsewhere/gone.wav,s2,m,,,mine,CC-BY-4.0");

    SerRun run = extract("--corpus", "manifest", "--manifest", manifest.toString()).done();

    assertThat(column(features(), "recording", "speaker", "gender", "emotion", "source_label"))
        .containsExactly(
            "a, b.wav mine-s1 female happy Joy",
            "c \"d\".wav mine-s1 female sad sad",
            "e#%20.wav manifest-unknown unknown angry anger",
            "more/f.wav mine-s2 male neutral neutral");
    assertThat(features().get(0))
        .containsEntry("statement", "one,\ntwo")
        .containsEntry("intensity", "strong")
        .containsEntry("licence", "CC-BY-4.0");
    assertThat(column(quarantine(), "recording", "reason", "detail"))
        .containsExactly(
            "odd.wav unlabelled Its emotion in %s, 'frustrated', stands for none of ours."
                .formatted(manifest),
            "unnamed.wav unlabelled %s does not name it.".formatted(manifest));
    assertThat(run.result().path("manifest_rows").asInt()).isEqualTo(7);
    assertThat(run.result().path("missing").asInt()).isEqualTo(2);
    assertThat(run.exitCode()).isZero();
  }

  /** Letters and their dots apart, as a Mac writes them, and in one, as they are typed. */
  @Test
  void givenNamesInOtherFormsOfUnicode_whenExtractedByManifest_thenTheyAreThoseOfTheManifest()
      throws IOException {
    recordings("Gespra\u0308ch.wav", "Ru\u0308ckruf/\u00e9.wav");
    Path manifest =
        csv("path,emotion,speaker\nGespr\u00e4ch.wav,sad,s1\nR\u00fcckruf/e\u0301.wav,happy,s2\n");

    SerRun run = extract("--manifest", manifest.toString()).done();

    assertThat(column(features(), "recording", "speaker"))
        .containsExactly("Gespra\u0308ch.wav manifest-s1", "Ru\u0308ckruf/\u00e9.wav manifest-s2");
    assertThat(run.result().path("missing").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.parquet", "manifest"})
  void givenAParquetManifest_whenExtracted_thenItsRowsAreTheLabels(String name) throws IOException {
    recordings("a.wav", "b/c.wav");
    Path manifest = parquet(folder.resolve(name), "a.wav,sad,7", "b/c.wav,happy,8");

    extract("--manifest", manifest.toString()).done();

    assertThat(column(features(), "recording", "speaker", "emotion"))
        .containsExactly("a.wav manifest-7 sad", "b/c.wav manifest-8 happy");
  }

  @Test
  void givenAnyPartitions_whenExtractedByManifest_thenTheRowsAreTheSame() throws IOException {
    String[] names = new String[30];
    StringBuilder rows = new StringBuilder("path,emotion\n");
    for (int i = 0; i < names.length; i++) {
      names[i] = "r%02d.wav".formatted(i);
      rows.append(names[i]).append(",sad\n");
    }
    recordings(names);
    Path manifest = csv(rows.toString());

    extract("--manifest", manifest.toString(), "--set", "ser.extract.partitions=1").done();
    List<Map<String, Object>> one = features();
    output = folder.resolve("seven");
    extract("--manifest", manifest.toString(), "--set", "ser.extract.partitions=7").done();

    assertThat(features()).isEqualTo(one).hasSize(30);
  }

  @Test
  void givenAWrongManifest_whenExtracted_thenOneLineNamesItAndNothingIsWritten()
      throws IOException {
    recordings("a.wav");

    Path contradicting = csv("path,emotion\na.wav,sad\na.wav,happy");
    assertRefused(
        extract("--manifest", contradicting.toString()), contradicting.toString(), "rows 2 and 3");
    Path malformed = csv("path,emotion\na.wav");
    assertRefused(extract("--manifest", malformed.toString()), malformed.toString(), "each column");
    Path ofOthers = csv("path,emotion\nb.wav,sad");
    assertRefused(
        extract("--manifest", ofOthers.toString()),
        ofOthers.toString(),
        "none of the 1 recordings");
  }

  @Test
  void givenACorrectedManifest_whenExtractedAgain_thenItsLabelsAreInTheTable() throws IOException {
    recordings("a.wav", "b.wav", "c.wav");
    Path manifest = csv("path,emotion,speaker\na.wav,sad,s1\nb.wav,happy,s1\nc.wav,grumpy,s2");
    String share = "ser.extract.max-failed-share=1";
    extract("--manifest", manifest.toString(), "--set", share).done();
    assertThat(column(features(), "recording", "emotion"))
        .containsExactly("a.wav sad", "b.wav happy");

    // Of b.wav the new one says nothing.
    Files.writeString(manifest, "path,emotion,speaker\na.wav,anger,s1\nc.wav,neutral,s2");
    JsonNode result = extract("--manifest", manifest.toString(), "--set", share).done().result();

    assertThat(result.path("unchanged").asInt()).isEqualTo(1);
    assertThat(column(features(), "recording", "emotion"))
        .containsExactly("a.wav angry", "b.wav happy", "c.wav neutral");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void givenALabelThatWasWrongAndIsNoneOfOurs_whenExtractedAgain_thenItsRowIsGone()
      throws IOException {
    recordings("a.wav", "b.wav");
    Path manifest = csv("path,emotion,speaker\na.wav,sad,s1\nb.wav,happy,s1");
    String share = "ser.extract.max-failed-share=1";
    extract("--manifest", manifest.toString(), "--set", share).done();

    Files.writeString(manifest, "path,emotion,speaker\na.wav,grumpy,s1\nb.wav,happy,s1");
    extract("--manifest", manifest.toString(), "--set", share).done();

    assertThat(column(features(), "recording", "emotion")).containsExactly("b.wav happy");
    assertThat(column(quarantine(), "recording", "reason")).containsExactly("a.wav unlabelled");
    // Once is enough.
    JsonNode third = extract("--manifest", manifest.toString(), "--set", share).done().result();
    assertThat(third.path("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void givenACorrectedLicence_whenExtractedAgain_thenItStandsInTheTable() throws IOException {
    recordings("a.wav");
    Path manifest = csv("path,emotion,licence\na.wav,sad,CC-BY-4.0");
    extract("--manifest", manifest.toString()).done();

    Files.writeString(manifest, "path,emotion,licence\na.wav,sad,CC-BY-NC-4.0");
    extract("--manifest", manifest.toString()).done();

    assertThat(column(features(), "recording", "licence")).containsExactly("a.wav CC-BY-NC-4.0");
  }

  @Test
  void givenNoManifest_whenExtracted_thenItIsNamed() {
    recordings("a.wav");

    assertRefused(extract("--manifest", "/no/such.csv"), "/no/such.csv", "Check");
    assertRefused(extract("--corpus", "manifest"), "--manifest", "path, emotion");
    assertRefused(
        extract("--corpus", "tess", "--manifest", "/m.csv"), "tess", "/m.csv", "Leave out");
  }

  @Test
  void givenAManifest_whenRunDry_thenItIsReadAndNothingIsWritten() throws IOException {
    recordings("a.wav");
    Path manifest = csv("path,emotion\na.wav,sad\nb.wav,sad\n");

    SerRun run = extract("--manifest", manifest.toString(), "--dry-run").done();

    assertThat(run.result().path("recordings").asInt()).isEqualTo(1);
    assertThat(output).doesNotExist();
  }

  private void assertRefused(SerRun run, String... named) {
    assertThat(run.err()).hasSize(1);
    assertThat(run.complaint()).startsWith("ser: ").contains(named);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
    // The lock and the listing have been there and are gone.
    assertThat(output)
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder ->
                assertThat(folder).isDirectoryNotContaining("regex:.*\\.(parquet|json|html)"));
    assertThat(output.resolve("features")).doesNotExist();
  }

  private void recordings(String... names) {
    for (int i = 0; i < names.length; i++) {
      TestRecordings.write(input.resolve(names[i]), TestRecordings.voice(150 + i, 0.1, 0.3, i));
    }
  }

  private Path csv(String text) throws IOException {
    return Files.write(folder.resolve("labels.csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Rows of path, emotion and a whole number as the speaker; a folder if the name has no dot. */
  private static Path parquet(Path target, String... rows) throws IOException {
    Path written = target.resolveSibling("written");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      spark
          .createDataset(List.of(rows), org.apache.spark.sql.Encoders.STRING())
          .selectExpr(
              "split(value, ',')[0] AS path",
              "split(value, ',')[1] AS emotion",
              "int(split(value, ',')[2]) AS speaker")
          .coalesce(1)
          .write()
          .parquet(written.toString());
    }
    if (!target.getFileName().toString().contains(".")) {
      return Files.move(written, target);
    }
    return Files.move(new ParquetTable(written).files().get(0), target);
  }

  private SerRun extract(String... more) {
    String[] fixed = {"extract", "--input", input.toString(), "--output", output.toString()};
    return SerRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  private List<Map<String, Object>> features() {
    return new ParquetTable(output.resolve("features")).rowsBy("recording");
  }

  private List<Map<String, Object>> quarantine() {
    return new ParquetTable(output.resolve("quarantine")).rowsBy("recording");
  }

  private static List<String> column(List<Map<String, Object>> rows, String... columns) {
    return rows.stream()
        .map(row -> String.join(" ", Stream.of(columns).map(c -> (String) row.get(c)).toList()))
        .toList();
  }
}
