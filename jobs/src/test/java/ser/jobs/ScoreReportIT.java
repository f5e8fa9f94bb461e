package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.config.ConfigSources;
import ser.jobs.config.RecipeFiles;
import ser.jobs.config.ScoreConfig;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.score.ScoreJob;
import ser.jobs.spark.SessionDefaults;
import ser.jobs.storage.Storage;
import ser.report.text.Numbers;

/**
 * What {@code ser score} tells its operator: the page of a run, its record, the dry run before it
 * and the metrics while its session lives.
 */
@ExtendWith(TrainedModel.Provider.class)
class ScoreReportIT {
  private static final String HOSTILE = "<script>alert(1)&\".wav";

  /** Share of the emotion that the report looks for: one that the model finds here. */
  private static String wanted;

  private static final Path SETTINGS = Path.of("../conf/spark/local.properties");

  @TempDir static Path folder;

  private static ScoredOutput output;
  private static JsonNode earlier;
  private static JsonNode planned;
  private static JobOutcome outcome;
  private static String metrics;
  private static ReportPage page;

  @BeforeAll
  static void scoreTwice(TrainedModel model) throws IOException, InterruptedException {
    Path input = folder.resolve("calls");
    ScoredOutput scratch = new ScoredOutput(folder.resolve("scratch"));
    TestRecordings.write(folder.resolve("low/low.wav"), TestRecordings.voice(110, 0.02, 8, 1));
    scratch.score(model, folder.resolve("low")).done();
    wanted = "share_" + scratch.calls().get(0).get("emotion");
    output = new ScoredOutput(folder.resolve("out"));
    TestRecordings.write(input.resolve("earlier.wav"), TestRecordings.voice(200, 0.1, 4, 9));
    earlier = output.score(model, input).done().result();
    TestRecordings.write(input.resolve("low.wav"), TestRecordings.voice(110, 0.02, 8, 1));
    TestRecordings.write(input.resolve("high.wav"), TestRecordings.voice(310, 0.4, 8, 2));
    TestRecordings.write(input.resolve("brief.wav"), TestRecordings.voice(210, 0.1, 0.8, 3));
    TestRecordings.write(input.resolve("silent.wav"), TestRecordings.silence(4));
    TestRecordings.writeText(input.resolve(HOSTILE));
    List<Path> before = filesOf(output.folder());
    planned = output.score(model, input, "--dry-run").done().result();
    assertThat(filesOf(output.folder())).isEqualTo(before);
    score(model, input);
    page = ReportPage.of(Files.readAllBytes(output.folder().resolve("report.html")));
  }

  /** With the web page on, whose metrics can be read as long as the session lives. */
  private static void score(TrainedModel model, Path input)
      throws IOException, InterruptedException {
    SparkConf conf = SessionDefaults.completed(new SparkConf());
    conf.setMaster("local[2]").set("spark.ui.enabled", "true").set("spark.ui.port", "0");
    Properties shipped = new Properties();
    try (InputStream in = Files.newInputStream(SETTINGS)) {
      shipped.load(in);
    }
    shipped.stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark.metrics") || name.contains("prometheus"))
        .forEach(name -> conf.set(name, shipped.getProperty(name)));
    Config config =
        new ConfigSources(RecipeFiles.ofInstallation())
            .load(
                Optional.empty(),
                Map.of(
                    "ser.score.model", model.file().toString(),
                    "ser.score.input", input.toString(),
                    "ser.score.output", output.folder().toString(),
                    "ser.score.max-failed-share", "1",
                    "ser.score.report.least-speech-s", "2",
                    "ser.score.report.negative-emotions", wanted.substring("share_".length())));
    try (SparkSession spark =
        SparkSession.builder().config(conf).appName("ser score").getOrCreate()) {
      SessionDefaults.fit(spark);
      JobContext context =
          new JobContext(
              spark,
              new Storage(spark.sparkContext().hadoopConfiguration()),
              ConfigSources.render(config),
              false);
      outcome = ScoreJob.run(context, ScoreConfig.from(config));
      URI web = URI.create(spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/");
      metrics =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(web).build(), HttpResponse.BodyHandlers.ofString())
              .body();
    }
  }

  @Test
  void givenNewRecordings_whenPlanned_thenTheyAloneAreCountedWithTheTimeTheyWillTake() {
    assertThat(planned.path("recordings").asInt()).isEqualTo(6);
    assertThat(planned.path("unchanged").asInt()).isEqualTo(1);
    assertThat(planned.path("to_read").asInt()).isEqualTo(5);
    assertThat(planned.path("tasks").asInt()).isBetween(1, 5);
    // 20.8 s, by what the first run found a second to have in bytes.
    assertThat(planned.path("about_hours").asDouble()).isEqualTo(0.01);
    assertThat(planned.path("about_seconds").asDouble()).isPositive();
    assertThat(planned.path("estimated_from")).isEqualTo(earlier.path("run_id"));
    assertThat(planned.path("report").asText()).endsWith("/report.html");
  }

  @Test
  void givenARun_whenItsMetricsAreScraped_thenTheyCountWhatTheTablesHold() {
    assertThat(metric("recordings")).isEqualTo(5);
    assertThat(metric("quarantined")).isEqualTo(1);
    assertThat(metric("audio_seconds")).isEqualTo(20.8, within(0.01));
    List<Map<String, Object>> windows =
        output.windows().stream().filter(row -> row.get("run_id").equals(runId())).toList();
    assertThat(metric("windows")).isEqualTo(windows.size());
    assertThat(metric("windows_without_speech"))
        .isEqualTo(windows.stream().filter(row -> !(boolean) row.get("speech")).count());
    for (String emotion : List.of("neutral", "happy", "sad", "angry")) {
      assertThat(metric("windows_" + emotion))
          .isEqualTo(windows.stream().filter(row -> emotion.equals(row.get("emotion"))).count());
    }
    assertThat(metric("windows_abstained")).isZero();
  }

  @Test
  void givenATrainedModel_whenItsFileIsRead_thenItSaysWhatItWasTrainedOn(TrainedModel model) {
    JsonNode training = model.report().path("training");

    assertThat(training.path("emotions").size()).isEqualTo(4);
    assertThat(training.path("source_sample_rates_hz").path("16000").asInt()).isPositive();
  }

  @Test
  void givenARun_whenTheReportIsRead_thenItIsComparedWithTheTrainingData() {
    Map<String, List<String>> compared = page.table("This run and the model's training data");

    assertThat(compared)
        .containsOnlyKeys(
            "Emotion shares",
            "Mean confidence",
            "Levels of the features",
            "Sample rate of the recordings",
            "Bandwidth that is heard");
    assertThat(compared.get("Sample rate of the recordings"))
        .startsWith("4 at 16,000 Hz", "16,000 Hz", "0.0% are lower");
    assertThat((List<?>) outcome.facts().get("warnings"))
        .allSatisfy(warning -> assertThat(page.text()).contains((String) warning));
  }

  @Test
  void givenTwoRuns_whenTheReportIsRead_thenItIsOfTheLastAlone() {
    assertThat(page.text())
        .contains("Emotions in 4 calls", runId())
        .contains("of 6 found; 1 were scored before")
        .doesNotContain("earlier.wav")
        .contains("Acted studio speech is not spontaneous telephone speech.");
  }

  @Test
  void givenSpeech_whenTheReportIsRead_thenSharesOverTimeAreThoseOfTheCalls() {
    Map<String, List<String>> periods = page.table("Share of speech by emotion, for each hour");

    assertThat(periods).hasSizeBetween(1, 2);
    if (periods.size() == 1) {
      double speech = calls().mapToDouble(call -> (double) call.get("speech_s")).sum();
      double angry =
          calls()
              .filter(call -> call.get("share_angry") != null)
              .mapToDouble(call -> (double) call.get("speech_s") * (double) call.get("share_angry"))
              .sum();
      // Calls, speech, then neutral, happy, sad, angry.
      assertThat(periods.values().iterator().next())
          .startsWith("4", Numbers.duration(speech))
          .element(5)
          .isEqualTo(Numbers.share(angry, speech));
    }
  }

  @Test
  void
      givenCallsWithEnoughSpeech_whenTheReportIsRead_thenTheMostNegativeComesFirstWithItsTimeline() {
    List<String> expected =
        calls()
            .filter(call -> (double) call.get("speech_s") >= 2 && negative(call) > 0)
            .sorted(
                Comparator.comparingDouble(ScoreReportIT::negative)
                    .thenComparingDouble(call -> (double) call.get("speech_s"))
                    .reversed()
                    .thenComparing(call -> (String) call.get("recording")))
            .map(call -> (String) call.get("recording"))
            .toList();

    assertThat(expected).isNotEmpty();
    assertThat(
            page.elements("svg").stream()
                .map(svg -> svg.getAttribute("aria-label"))
                .filter(label -> label.startsWith("Emotions over time in "))
                .map(label -> label.substring("Emotions over time in ".length())))
        .containsExactlyElementsOf(expected);
    assertThat(page.text()).doesNotContain("brief.wav").doesNotContain("silent.wav");
  }

  @Test
  void givenEmotionsInCharts_whenTheReportIsRead_thenEachHasItsOwnColour() {
    for (String chart : List.of("Share of speech by emotion", "Emotions over time in ")) {
      List<String> parts = ColouredParts.of(page, chart);

      assertThat(parts).as(chart).anyMatch(part -> part.startsWith(wanted.substring(6)));
      assertThat(parts).as(chart).allMatch(part -> part.matches("(\\w+) in emotion-\\1"));
    }
  }

  @Test
  void givenAHostileName_whenTheReportIsRead_thenItIsTextInTheQuarantine() {
    assertThat(page.html()).doesNotContain("<script");
    assertThat(page.texts("bdi")).contains(HOSTILE);
    assertThat(page.table("1 of 5 recordings, by reason")).containsOnlyKeys("not_audio_container");
  }

  @Test
  void givenAReport_whenTheRecordIsRead_thenItHasTheFiguresAndNoNames() throws IOException {
    Path file = output.folder().resolve("runs/" + runId() + ".json");
    JsonNode report = TrainedModel.json(file).path("report");

    assertThat(report.path("calls").asInt()).isEqualTo(4);
    assertThat(report.path("audio_s").asDouble())
        .isEqualTo((double) outcome.facts().get("audio_seconds"), within(0.06));
    assertThat(report.path("drift").size()).isEqualTo(5);
    assertThat(report.path("quarantine").path("not_audio_container").asInt()).isEqualTo(1);
    assertThat(report.path("worst").size()).isPositive();
    // ser forget removes the page and keeps the records.
    assertThat(Files.readString(file)).doesNotContain("high.wav").doesNotContain("alert(1)");
  }

  private static double metric(String name) {
    Matcher found =
        Pattern.compile("metrics_ser_driver_AccumulatorSource_" + name + "_Value\\{[^}]*} (\\S+)")
            .matcher(metrics);
    assertThat(found.find()).as("%s among %s", name, metrics).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static String runId() {
    return (String) outcome.facts().get("run_id");
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  /** Of the last run. */
  private static Stream<Map<String, Object>> calls() {
    return output.calls().stream().filter(call -> call.get("run_id").equals(runId()));
  }

  private static double negative(Map<String, Object> call) {
    return (double) call.get(wanted);
  }
}
