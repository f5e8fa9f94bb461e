package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What submit/ser hands to a spark-submit that only writes its arguments down. */
class LauncherIT {
  @TempDir private Path folder;
  private Path sparkHome;

  @BeforeEach
  void fakeSpark() throws IOException {
    sparkHome = folder.resolve("spark home");
    Files.createDirectories(sparkHome.resolve("conf"));
    script(
        sparkHome.resolve("bin/spark-submit"),
        "printf '%s\\0' \"$@\"; printf '%s' \"$OMP_NUM_THREADS $MALLOC_ARENA_MAX\" >&2; exit ${EXIT:-0}");
  }

  @Test
  void givenStrangeArguments_whenStarted_thenTheyReachTheCommandUntouched() {
    List<String> strange =
        List.of(
            "extract",
            "--input",
            "a b/%20#é$(date)",
            "",
            "*",
            "--conf",
            "x",
            "line\nbreak",
            "'\"\\");

    List<String> seen = words(launcher().run(strange.toArray(String[]::new)));

    assertThat(seen.subList(seen.indexOf(Home.JAR.toString()) + 1, seen.size())).isEqualTo(strange);
  }

  @Test
  void givenOptionsBeforeTheCommand_whenStarted_thenTheyGoToSparkSubmit() {
    List<String> seen =
        words(
            launcher().run("--conf", "spark.a=b c", "--name=my name", "--verbose", "train", "--x"));

    assertThat(seen.subList(0, seen.indexOf(Home.JAR.toString())))
        .containsSequence("--conf", "spark.a=b c", "--name", "my name", "--verbose");
    assertThat(seen).startsWith("--class", "ser.jobs.Ser");
  }

  @Test
  void givenJarsOfTheUser_whenStarted_thenOursAreJoined() {
    List<String> seen = words(launcher().run("--jars", "/x.jar", "train"));

    assertThat(seen).containsOnlyOnce("--jars");
    assertThat(seen.get(seen.indexOf("--jars") + 1))
        .contains("/x.jar")
        .contains("hadoop-aws")
        .contains("aws-java-sdk-bundle")
        .contains("spark-hadoop-cloud")
        .contains("onnxruntime");
  }

  @ParameterizedTest
  @CsvSource({
    "local[2], local",
    "'local-cluster[2,1,2048]', local-cluster",
    "spark://h:7077, standalone",
    "yarn, yarn",
    "k8s://https://h, kubernetes"
  })
  void givenAMaster_whenStarted_thenTheSettingsFitIt(String master, String file) {
    List<String> seen = words(launcher().run("--master", master, "train"));

    assertThat(seen).containsSequence("--master", master);
    assertThat(seen.get(seen.indexOf("--properties-file") + 1))
        .isEqualTo(Home.HOME.resolve("conf/spark/" + file + ".properties").toString());
  }

  @Test
  void givenAMasterInTheClustersDefaults_whenNoneIsGiven_thenItHolds() throws IOException {
    Files.writeString(sparkHome.resolve("conf/spark-defaults.conf"), "spark.master   yarn\n");

    List<String> seen = words(launcher().run("train"));

    assertThat(seen).containsSequence("--master", "yarn");
    assertThat(seen.get(seen.indexOf("--properties-file") + 1)).endsWith("yarn.properties");
  }

  @Test
  void givenALinkAndAnotherFolder_whenStarted_thenTheProjectIsFound() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link2"));
    Files.createSymbolicLink(folder.resolve("link2"), Home.HOME.resolve("submit/ser"));

    assertThat(words(launcher().program(link).run("train"))).contains(Home.JAR.toString());
  }

  @Test
  void givenTaskCpus_whenStarted_thenDl4jHasAsManyThreads() {
    SerProcess run = launcher().run("--conf", "spark.task.cpus=2", "train");

    assertThat(run.stderr()).isEqualTo("2 1");
    assertThat(words(run)).contains("spark.executorEnv.OMP_NUM_THREADS=2");
  }

  @Test
  void givenAnExitCode_whenSparkSubmitEnds_thenItIsPassedOn() {
    assertThat(launcher().environment(Map.of("EXIT", "3")).run("train").exitCode()).isEqualTo(3);
  }

  @Test
  void givenNoBuild_whenStarted_thenOneLineSaysHowToBuild() throws IOException {
    Path copy = folder.resolve("project/submit/ser");
    Files.createDirectories(copy.getParent());
    Files.copy(Home.HOME.resolve("submit/ser"), copy);
    assertThat(copy.toFile().setExecutable(true)).isTrue();

    SerProcess run = launcher().program(copy).run("train");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .endsWith("jobs/target/ser-jobs.jar is missing; run 'mvn -q -DskipTests package' first");
  }

  @Test
  void givenNoBuild_whenPredicting_thenOneLineSaysHowToBuild() throws IOException {
    Path submit = Files.createDirectories(folder.resolve("project/submit"));
    for (String file : List.of("ser", "predict.sh")) {
      Files.copy(Home.HOME.resolve("submit").resolve(file), submit.resolve(file));
    }
    assertThat(submit.resolve("ser").toFile().setExecutable(true)).isTrue();

    SerProcess run = launcher().program(submit.resolve("ser")).run("predict");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .endsWith("serve/target/ser-serve.jar is missing; run 'mvn -q -DskipTests package' first");
  }

  @Test
  void givenNoArchiveOfClasses_whenARunSucceeds_thenItLeavesOneForTheNext() throws IOException {
    Path project = fakeProject();
    Path archive = project.resolve("jobs/target/ser-score.jsa");

    assertThat(started(project, Map.of(), "score").stdout()).contains("-XX:ArchiveClassesAtExit=");
    assertThat(archive).exists();

    String second = started(project, Map.of(), "score").stdout();
    assertThat(second).contains("-XX:SharedArchiveFile=" + archive);
    assertThat(second).doesNotContain("ArchiveClassesAtExit");
    // Classes of one command are not those of another.
    assertThat(started(project, Map.of(), "train").stdout()).doesNotContain("ser-score.jsa");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -javaagent:jmx.jar=9404",
    "JDK_JAVA_OPTIONS, -agentpath:libprofiler.so",
    "SPARK_SUBMIT_OPTS, -XX:StartFlightRecording"
  })
  void givenWhatWatchesClasses_whenStarted_thenNoneComesFromAnArchive(String name, String value)
      throws IOException {
    Path project = fakeProject();
    started(project, Map.of(), "score");
    assertThat(project.resolve("jobs/target/ser-score.jsa")).exists();

    assertStartsWithoutArchive(started(project, Map.of(name, value), "score"));
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -javaagent:jmx.jar=9404",
    "JDK_JAVA_OPTIONS, -XX:StartFlightRecording",
    "SER_KEEP_CLASSES, no"
  })
  void givenWhatWatchesClassesOrNoWish_whenPredicting_thenNoArchiveIsMade(String name, String value)
      throws IOException {
    Path project = fakeProject();
    Files.copy(Home.HOME.resolve("submit/predict.sh"), project.resolve("submit/predict.sh"));
    Files.createDirectories(project.resolve("serve/target"));
    Files.createFile(project.resolve("serve/target/ser-serve.jar"));
    script(project.resolve("jdk/bin/java"), "printf '%s\\n' \"$*\"");

    assertThat(started(project, Map.of(), "predict", "x").stdout())
        .contains("-XX:ArchiveClassesAtExit=", "-jar", "predict x");
    assertThat(started(project, Map.of(name, value), "predict", "x").stdout())
        .contains("-jar", "predict x")
        .doesNotContain("Archive");
  }

  @Test
  void givenHelp_whenAsked_thenTheCommandsAreListed() {
    assertThat(launcher().run("help").stdout())
        .contains("extract", "train", "evaluate", "tune", "score", "export", "forget", "compact")
        .contains("corpus download", "predict", "serve");
  }

  @Test
  void givenAFlightRecordingOfTheDriver_whenStarted_thenNoClassComesFromAnArchive()
      throws IOException {
    Path project = fakeProject();
    started(project, Map.of(), "score");
    assertThat(project.resolve("jobs/target/ser-score.jsa")).exists();

    SerProcess run =
        started(
            project,
            Map.of(),
            "--conf",
            "spark.driver.extraJavaOptions=-XX:StartFlightRecording=filename=x.jfr",
            "score");

    assertStartsWithoutArchive(run);
  }

  @ParameterizedTest
  @CsvSource({"score, 1, ''", "'score --dry-run', 0, ''", "score, 0, no", "forget, 0, ''"})
  void givenARunThatFailsOrShowsLittle_whenItEnds_thenNoArchiveIsLeft(
      String command, String code, String keep) throws IOException {
    Path project = fakeProject();
    Map<String, String> environment = Map.of("EXIT", code, "SER_KEEP_CLASSES", keep);

    SerProcess run = started(project, environment, command.split(" "));

    assertThat(run.exitCode()).isEqualTo(Integer.parseInt(code));
    assertThat(project.resolve("jobs/target")).isDirectoryNotContaining("glob:**/*.jsa*");
  }

  @Test
  void givenPredict_whenStarted_thenPlainJavaRunsItWithoutSpark() {
    SerProcess run = launcher().run("predict", "--model", "no model", "x.wav");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .startsWith("ser: Cannot read model file no model: there is no such file.");
  }

  @Test
  void givenSparksOptions_whenPredicting_thenRefused() {
    SerProcess run = launcher().run("--master", "local[2]", "predict", "x.wav");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines()).singleElement().asString().contains("without Spark");
  }

  @Test
  void givenAnOptionOfTheCommandBeforeIt_whenStarted_thenOneLineSaysWhereItBelongs() {
    SerProcess run = launcher().run("--input", "x", "extract");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines()).hasSize(1);
    assertThat(run.stderr()).contains("--input", "after it");
  }

  /** Also that it started: of a run that failed nothing is printed. */
  private static void assertStartsWithoutArchive(SerProcess run) {
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(run.stdout()).contains("-XX:Tier4InvocationThreshold=").doesNotContain(".jsa");
  }

  /**
   * A build without contents, and a Java that plays Spark's launcher, which says what to run, and
   * then that run: it prints the options and leaves the archive that it was asked for.
   */
  private Path fakeProject() throws IOException {
    Path project = folder.resolve("a project");
    Path launcher = project.resolve("submit/ser");
    Files.createDirectories(launcher.getParent());
    Files.copy(Home.HOME.resolve("submit/ser"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    for (String jar : List.of("ser-jobs.jar", "lib/x.jar", "spark/jars/x.jar")) {
      Path file = project.resolve("jobs/target").resolve(jar);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    Path settings = project.resolve("conf/spark/local.properties");
    Files.createDirectories(settings.getParent());
    Files.copy(Home.HOME.resolve("conf/spark/local.properties"), settings);
    script(
        project.resolve("jdk/bin/java"),
        """
        if [[ " $* " == *" org.apache.spark.launcher.Main "* ]]; then
          printf '\\0\\n%s\\0run\\0' "$0"
          exit 0
        fi
        printf '%s' "$SPARK_SUBMIT_OPTS"
        archive=${SPARK_SUBMIT_OPTS#*ArchiveClassesAtExit=}
        [[ $archive == "$SPARK_SUBMIT_OPTS" ]] || touch "${archive%%\\"*}"
        exit ${EXIT:-0}""");
    return project;
  }

  private SerProcess started(Path project, Map<String, String> environment, String... command) {
    return SerProcess.in(folder)
        .program(project.resolve("submit/ser"))
        .environment(Map.of("JAVA_HOME", project.resolve("jdk").toString()))
        .environment(Map.of("SER_KEEP_CLASSES", ""))
        .environment(environment)
        .run(command);
  }

  private SerProcess.Builder launcher() {
    return SerProcess.in(folder).environment(Map.of("SPARK_HOME", sparkHome.toString()));
  }

  private static List<String> words(SerProcess run) {
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return List.of(run.stdout().split("\0"));
  }

  private static void script(Path file, String commands) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + commands + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
