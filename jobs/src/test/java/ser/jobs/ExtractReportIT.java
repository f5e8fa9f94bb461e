package ser.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** The page that {@code ser extract} leaves says what its tables say. */
class ExtractReportIT {
  private static final String HOSTILE = "<script>alert(1)&\".wav";

  @TempDir static Path folder;

  private static SerRun run;
  private static List<Map<String, Object>> features;
  private static String html;
  private static Document page;

  @BeforeAll
  static void extractOnce() throws Exception {
    Path archive = folder.resolve("archive");
    for (int actor = 1; actor <= 3; actor++) {
      for (Take take :
          TestRecordings.takesOf(actor, List.of(Emotion.NEUTRAL, Emotion.SAD, Emotion.ANGRY))) {
        TestRecordings.write(archive, take, 0.5 + 0.1 * actor);
      }
    }
    TestRecordings.writeText(archive.resolve(HOSTILE));
    TestRecordings.write(archive.resolve("empty.wav"), new byte[0]);
    Path output = folder.resolve("out");
    run =
        SerRun.of(
                "extract",
                "--input",
                archive.toString(),
                "--output",
                output.toString(),
                "--set",
                "ser.extract.max-failed-share=0.5")
            .done();
    features = new ParquetTable(output.resolve("features")).rowsBy("recording");
    html = Files.readString(output.resolve("report.html"));
    page = parse(html);
  }

  @Test
  void givenAnExtractedArchive_whenTheReportIsRead_thenItsNumbersAreThoseOfTheTable() {
    Map<String, String> byEmotion = table("Recordings per emotion", 1);
    Map<String, String> bySpeaker = table("Recordings per speaker", 2);
    Map<String, String> byGender = table("Recordings per gender", 1);

    assertThat(byEmotion).isEqualTo(counts("emotion"));
    assertThat(bySpeaker).isEqualTo(counts("speaker"));
    assertThat(byGender).isEqualTo(counts("gender"));
    assertThat(table("Corpora", 1)).isEqualTo(counts("corpus"));
    assertThat(table("Sample rates", 1)).isEqualTo(Map.of("16,000 Hz", "" + features.size()));
    assertThat(features).hasSize(60);
    // All takes of an actor are as long: 0.6, 0.7, 0.8 s.
    assertThat(table("Duration per emotion, in seconds", 1)).containsEntry("sad", "0.60");
    assertThat(table("Duration per emotion, in seconds", 2)).containsEntry("sad", "0.70");
    assertThat(table("Duration per emotion, in seconds", 3)).containsEntry("sad", "0.80");
  }

  @Test
  void givenAnExtractedArchive_whenTheReportIsRead_thenItNamesItsRun() {
    assertThat(page.getDocumentElement().getTextContent())
        .contains(run.result().path("run_id").asText(), folder.resolve("archive").toString())
        .contains("62 recordings in all: 60 gave features, 42.0 s of audio; 2 in quarantine.");
  }

  @Test
  void givenAHostileName_whenTheReportIsRead_thenItIsText() {
    assertThat(html).doesNotContain("<script");
    assertThat(elements("bdi").stream().map(Node::getTextContent)).contains(HOSTILE, "empty.wav");
    assertThat(table("2 of 62 recordings, by reason", 1))
        .isEqualTo(Map.of("empty_file", "1", "not_audio_container", "1"));
  }

  @Test
  void givenThreeEmotions_whenTheReportIsRead_thenEachHasItsPictures() {
    List<String> pictures =
        elements("svg").stream().map(svg -> svg.getAttribute("aria-label")).toList();

    for (String emotion : List.of("neutral", "sad", "angry")) {
      String first =
          features.stream()
              .filter(row -> row.get("emotion").equals(emotion))
              .map(row -> (String) row.get("recording"))
              .findFirst()
              .orElseThrow();
      String example = first + ", an example of " + emotion;
      assertThat(pictures)
          .contains(
              "Samples over time of " + example,
              "Log-mel spectrogram of " + example,
              "Mel-frequency cepstral coefficients of " + example);
    }
  }

  @Test
  void givenEmotionsInCharts_whenTheReportIsRead_thenEachHasItsOwnColour() {
    ReportPage report = ReportPage.of(html.getBytes(StandardCharsets.UTF_8));

    for (String chart : List.of("Recordings per emotion", "Distribution of durations")) {
      assertThat(ColouredParts.of(report, chart))
          .as(chart)
          .contains("sad in emotion-sad", "angry in emotion-angry")
          .allMatch(part -> part.matches("(\\w+) in emotion-\\1"));
    }
  }

  @Test
  void givenAReport_whenRead_thenNothingInItComesFromElsewhere() {
    assertThat(html).doesNotContain("http://", "https://", "src=");
    assertThat(elements("image"))
        .isNotEmpty()
        .allSatisfy(
            image -> assertThat(image.getAttribute("href")).startsWith("data:image/png;base64,"));
  }

  @Test
  void givenNothingButBrokenRecordings_whenExtracted_thenTheReportSaysSo() throws IOException {
    Path archive = folder.resolve("broken");
    TestRecordings.writeText(archive.resolve("a.wav"));

    SerRun broken =
        SerRun.of("extract", "--input", archive.toString(), "--output", archive + "-out");

    assertThat(broken.exitCode()).isEqualTo(3);
    assertThat(Files.readString(Path.of(archive + "-out/report.html")))
        .contains("1 recording in all: 0 gave features", "not_audio_container")
        .doesNotContain("One example per emotion");
  }

  private static Map<String, String> counts(String column) {
    Map<String, String> counts = new HashMap<>();
    features.stream()
        .collect(groupingBy(row -> (String) row.get(column), counting()))
        .forEach((value, count) -> counts.put(value, Long.toString(count)));
    return counts;
  }

  /** A column of the table with a caption, by the first cell of each row. */
  private static Map<String, String> table(String caption, int column) {
    Element table =
        elements("table").stream()
            .filter(found -> found.getFirstChild().getTextContent().equals(caption))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no table is called '%s'".formatted(caption)));
    Map<String, String> cells = new HashMap<>();
    NodeList rows = table.getLastChild().getChildNodes();
    for (int i = 0; i < rows.getLength(); i++) {
      NodeList row = rows.item(i).getChildNodes();
      cells.put(row.item(0).getTextContent(), row.item(column).getTextContent());
    }
    return cells;
  }

  private static List<Element> elements(String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))));
  }
}
