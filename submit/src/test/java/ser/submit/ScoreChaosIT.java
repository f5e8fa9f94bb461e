package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A night after the other over S3: recordings come, change, break and are mended, {@code ser score}
 * is ended by kill -9 at a drawn request to the store, and run again. After each the tables are
 * those of all recordings scored undisturbed. As many nights as {@code ser.chaos.nights} says.
 */
@ExtendWith(SubmittedModel.Provider.class)
class ScoreChaosIT {
  private static final int NIGHTS = Integer.getInteger("ser.chaos.nights", 3);
  private static final long SEED = Long.getLong("ser.chaos.seed", 7);

  /** Every so many nights it is an executor of two that is killed, and the run goes on. */
  private static final int EXECUTOR_NIGHTS = 3;

  /** One request in so many is spoilt. */
  private static final int FAULT_EVERY = 8;

  /** Tables of a night have files in several folders. */
  private static final List<String> BY_SHELF =
      List.of(
          "--set",
          "ser.score.path-pattern=(?<" + ScoredTables.SHELF + ">\\d)\\.wav",
          "--set",
          "ser.score.partition-by=" + ScoredTables.SHELF);

  /** So that a test need not wait as long as an operator would. */
  private static final List<String> HASTY =
      List.of(
          "--conf",
          "spark.hadoop.fs.s3a.retry.interval=20ms",
          "--conf",
          "spark.hadoop.fs.s3a.retry.throttle.interval=10ms");

  @TempDir private static Path folder;

  private static SubmittedModel model;
  private static S3Endpoint s3;
  private static FaultyProxy proxy;
  private static Archive archive;
  private static SparkSession spark;

  @BeforeAll
  static void scoreEveryVersion(SubmittedModel submitted) throws IOException {
    model = submitted;
    spark = LocalSpark.session();
    s3 = S3Endpoint.start(Files.createDirectory(folder.resolve("store")), "ser");
    proxy = FaultyProxy.before(s3);
    archive = Archive.of(model.recordings(), s3, "ser/calls");
    archive.uploadEveryVersion("ser/versions");
    SerProcess run = score(List.of(), "s3a://ser/versions", "s3a://ser/reference").await();
    assertThat(run.exitCode()).as(run.stderr()).isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
    proxy.close();
    s3.close();
  }

  @Test
  void givenNightsOfKilledRuns_whenEachIsRunAgain_thenTheTablesAreThoseOfAllRecordingsScored()
      throws IOException {
    Random random = new Random(SEED);
    ScoredTables reference = new ScoredTables(s3.objects().resolve("ser/reference"), spark);
    ScoredTables tables = new ScoredTables(s3.objects().resolve("ser/out"), spark);
    archive.begin(random);
    assertThat(scoreOnce().exitCode()).isZero();
    assertThat(tables.rows()).isEqualTo(archive.expected(reference));
    long requests = proxy.requests();
    int whole = 0;
    List<String> lines = new ArrayList<>();
    for (int night = 1; night <= NIGHTS; night++) {
      List<String> before = tables.rows();
      archive.change(random);
      List<String> after = archive.expected(reference);
      long moment = 1 + random.nextInt((int) requests);
      boolean executor = night % EXECUTOR_NIGHTS == 0;

      SerProcess killed = executor ? killedExecutor(moment) : killed(moment);

      List<String> seen = tables.rows();
      boolean half = !seen.equals(before) && !seen.equals(after);
      whole += half ? 0 : 1;
      lines.add(
          "night %d: %s killed at request %d of about %d, exit code %d, a reader sees %s"
              .formatted(
                  night,
                  executor ? "executor" : "driver",
                  moment,
                  requests,
                  killed.exitCode(),
                  half ? "some of the run" : seen.equals(before) ? "none of it" : "all of it"));
      System.out.println(lines.get(lines.size() - 1));
      SerProcess again = scoreOnce();
      assertThat(again.exitCode()).as(again.stderr()).isZero();
      assertThat(tables.rows()).as(String.join("\n", lines)).isEqualTo(after);
      assertThat(tables.leftovers()).isEmpty();
      assertThat(tables.shelves("windows")).hasSizeGreaterThan(1);
      assertThat(s3.objects().resolve("ser/out/runs/_lock")).doesNotExist();
    }
    System.out.printf(
        "{\"bench\":\"chaos\",\"nights\":%d,\"seed\":%d,\"same\":%d,\"half_seen\":%d}%n",
        NIGHTS, SEED, NIGHTS, NIGHTS - whole);
  }

  @Test
  void givenStorageThatFailsNowAndThen_whenScored_thenItIsTriedAgainAndTheTablesAreTheSame() {
    FaultyProxy.Fault[] faults = FaultyProxy.Fault.values();
    Random random = new Random(SEED);
    proxy.spoil(
        (method, target, number) ->
            random.nextInt(FAULT_EVERY) > 0
                ? FaultyProxy.Fault.NONE
                : faults[1 + random.nextInt(faults.length - 1)]);

    SerProcess run = score(HASTY, "s3a://ser/versions", "s3a://ser/spoilt").await();

    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(new ScoredTables(s3.objects().resolve("ser/spoilt"), spark).rows())
        .isEqualTo(new ScoredTables(s3.objects().resolve("ser/reference"), spark).rows());
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "RESET"})
  void givenAnObjectThatCannotBeRead_whenScored_thenTheRunFailsAndNamesItAndNothingIsVisible(
      FaultyProxy.Fault fault) {
    proxy.spoil(
        (method, target, number) ->
            method.equals("GET") && target.startsWith("/ser/versions/7.wav")
                ? fault
                : FaultyProxy.Fault.NONE);
    String output = "lost-" + fault;

    SerProcess run = score(HASTY, "s3a://ser/versions", "s3a://ser/" + output).await();

    assertThat(run.exitCode()).as(run.stderr()).isEqualTo(1);
    assertThat(run.stderr()).contains("Cannot read s3a://ser/versions/7.wav");
    // Not even the quarantine row of the one that is no recording: nothing says it is the end.
    ScoredTables tables = new ScoredTables(s3.objects().resolve("ser").resolve(output), spark);
    assertThat(tables.rows()).isEmpty();
  }

  private static SerProcess scoreOnce() {
    proxy.spoil((method, target, number) -> FaultyProxy.Fault.NONE);
    return score(List.of(), "s3a://ser/calls", "s3a://ser/out").await();
  }

  private static SerProcess killed(long moment) {
    Victim victim = new Victim(moment);
    proxy.spoil(victim);
    SerProcess.Started run = score(List.of(), "s3a://ser/calls", "s3a://ser/out");
    victim.is(run.process().toHandle());
    return run.await();
  }

  /** One of two executors, at that request or the first after it at which there are any. */
  private static SerProcess killedExecutor(long moment) {
    Victim victim = new Victim(moment);
    proxy.spoil(victim);
    SerProcess.Started run =
        score(List.of("--master", "local-cluster[2,1,1024]"), "s3a://ser/calls", "s3a://ser/out");
    victim.isAChildOf(run.process().toHandle());
    SerProcess ended = run.await();
    assertThat(ended.exitCode()).as(ended.stderr()).isZero();
    return ended;
  }

  private static SerProcess.Started score(List<String> options, String from, String to) {
    List<String> all = new ArrayList<>(options);
    all.addAll(s3.launcherOptions(proxy.url()));
    all.addAll(List.of("score", "--model", model.file().toString(), "--input", from));
    all.addAll(List.of("--output", to, "--set", "ser.score.max-failed-share=1"));
    all.addAll(BY_SHELF);
    return SerProcess.in(folder).environment(s3.environment()).start(all.toArray(String[]::new));
  }
}
