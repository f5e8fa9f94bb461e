package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The three jobs as an operator submits them, with executors in processes of their own. */
@ExtendWith(SubmittedModel.Provider.class)
class ThreeJobsIT {
  private static final int RECORDINGS = SubmittedModel.RECORDINGS;

  @TempDir private Path folder;

  private static Path recordings;
  private static SubmittedModel model;

  @BeforeAll
  static void submit(SubmittedModel submitted) {
    model = submitted;
    recordings = submitted.recordings();
  }

  @Test
  void givenALocalCluster_whenExtractedAndTrained_thenTwoExecutorProcessesDoTheWork()
      throws IOException {
    assertThat(model.extracted().path("rows").asInt()).isEqualTo(RECORDINGS);
    assertThat(model.trained().path("epochs").asInt()).isEqualTo(1);
    assertThat(json(Files.readString(model.report())).path("workers").asInt()).isEqualTo(2);
  }

  @Test
  void givenAStandaloneClusterAndS3_whenTheThreeJobsRun_thenTheTablesStandInTheBucket()
      throws IOException {
    try (S3Endpoint s3 = S3Endpoint.start(folder.resolve("s3"), "ser");
        StandaloneCluster cluster = StandaloneCluster.start(folder, 1)) {
      s3.upload(recordings, "s3a://ser/recordings");
      List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
      options.addAll(s3.launcherOptions());
      Jobs jobs = new Jobs(options, s3.environment());

      jobs.run("s3a://ser/recordings", "s3a://ser/out");

      Path tables = s3.objects().resolve("ser/out");
      assertThat(tables.resolve("scores/windows")).isDirectoryContaining("glob:**/*.parquet");
      assertThat(tables.resolve("scores/calls")).isDirectoryContaining("glob:**/*.parquet");
      assertThat(filesUnder(tables)).noneMatch(name -> name.contains("__magic"));
      jobs.requireNoSecret(s3);
    }
  }

  @Test
  void givenABucket_whenExtracted_thenTheStoreIsNotAskedAgainForWhatItListed() throws IOException {
    try (S3Endpoint s3 = S3Endpoint.start(folder.resolve("s3"), "ser")) {
      s3.upload(recordings, "s3a://ser/recordings");
      List<String> options = new ArrayList<>(s3.launcherOptions());
      options.addAll(List.of("--conf", "spark.hadoop.fs.iostatistics.logging.level=warn"));

      SerProcess run =
          SerProcess.in(folder)
              .environment(s3.environment())
              .options(options)
              .run(
                  "extract",
                  "--input",
                  "s3a://ser/recordings",
                  "--output",
                  folder.resolve("out").toString());

      assertThat(run.exitCode()).as(run.stderr()).isZero();
      // S3A's own count, in what it says when it is closed.
      Matcher asked = Pattern.compile("object_metadata_request=(\\d+)").matcher(run.stderr());
      assertThat(asked.results().mapToInt(found -> Integer.parseInt(found.group(1))).sum())
          .as(run.stderr())
          .isBetween(1, RECORDINGS / 2);
    }
  }

  @Test
  void givenWrongCredentials_whenAJobReadsABucket_thenOneLineSaysSoAndTheExitCodeIsTwo()
      throws IOException {
    try (S3Endpoint s3 = S3Endpoint.start(folder.resolve("s3"), "ser")) {
      s3.upload(recordings, "s3a://ser/recordings");
      Map<String, String> wrong =
          Map.of("AWS_ACCESS_KEY_ID", "nobody", "AWS_SECRET_ACCESS_KEY", "not-the-secret");

      SerProcess run =
          SerProcess.in(folder)
              .environment(wrong)
              .options(s3.launcherOptions())
              .run("extract", "--input", "s3a://ser/recordings", "--output", "s3a://ser/out");

      assertThat(run.exitCode()).as(run.stderr()).isEqualTo(2);
      assertThat(mistakes(run)).singleElement().asString().contains("s3a://ser/recordings");
      assertThat(mistakes(run)).singleElement().asString().contains("credentials");
      assertThat(run.stdout() + run.stderr()).doesNotContain("not-the-secret");
      assertThat(s3.objects().resolve("ser/out")).doesNotExist();
    }
  }

  @Test
  void givenAnEmptyPrefix_whenExtracted_thenOneLineSaysSoAndTheExitCodeIsTwo() {
    try (S3Endpoint s3 = S3Endpoint.start(folder.resolve("s3"), "ser")) {
      SerProcess run =
          SerProcess.in(folder)
              .environment(s3.environment())
              .options(s3.launcherOptions())
              .run("extract", "--input", "s3a://ser/nothing", "--output", "s3a://ser/out");

      assertThat(run.exitCode()).as(run.stderr()).isEqualTo(2);
      assertThat(mistakes(run)).singleElement().asString().contains("s3a://ser/nothing");
      assertThat(s3.objects().resolve("ser/out")).doesNotExist();
    }
  }

  /** What the user is told: lines that begin with the program's name. */
  private static List<String> mistakes(SerProcess run) {
    return run.stderr().lines().filter(line -> line.startsWith("ser: ")).toList();
  }

  /** The three jobs, one after the other. */
  private final class Jobs {
    private final List<String> options;
    private final Map<String, String> environment;
    private final StringBuilder output = new StringBuilder();

    private Jobs(List<String> options, Map<String, String> environment) {
      this.options = options;
      this.environment = environment;
    }

    private void run(String recordings, String to) {
      JsonNode extracted =
          job(
              "extract",
              "--input",
              recordings,
              "--output",
              to + "/tables",
              "--corpus",
              "synthetic");
      assertThat(extracted.path("rows").asInt()).isEqualTo(RECORDINGS);
      assertThat(extracted.path("quarantined").asInt()).isZero();

      JsonNode trained =
          job(
              "train",
              "--features",
              to + "/tables/features",
              "--output",
              to + "/model",
              "--set",
              "ser.train.epochs=1",
              "--set",
              "ser.train.batch-size-per-worker=4");
      assertThat(trained.path("epochs").asInt()).isEqualTo(1);
      assertThat(trained.path("split").asText()).isEqualTo("speakers");

      JsonNode scored =
          job(
              "score",
              "--model",
              to + "/model/model.safetensors",
              "--input",
              recordings,
              "--output",
              to + "/scores");
      assertThat(scored.path("calls").asInt()).isEqualTo(RECORDINGS);
      assertThat(scored.path("model_id").asText()).isEqualTo(trained.path("model_id").asText());
    }

    private JsonNode job(String... arguments) {
      SerProcess run =
          SerProcess.in(folder).environment(environment).options(options).run(arguments);
      output.append(run.stdout()).append(run.stderr());
      assertThat(run.exitCode()).as(run.stderr()).isZero();
      return json(run.lastLine());
    }

    private void requireNoSecret(S3Endpoint s3) {
      assertThat(output).doesNotContain(s3.environment().get("AWS_SECRET_ACCESS_KEY"));
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static List<String> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }
}
