package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.FaultyFileSystem;
import ser.jobs.error.UserError;

@Timeout(20)
class OutputLockTest {
  private static final Duration PERIOD = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;

  @AfterEach
  void mend() {
    System.clearProperty(FaultyFileSystem.FAIL);
  }

  @Test
  void givenNoLock_whenAcquired_thenItNamesItsHolderAndIsHeld() {
    try (OutputLock lock = acquire("one", NEVER)) {
      assertThat(content()).startsWith("one ");
      assertThatNoException().isThrownBy(lock::requireHeld);
    }
  }

  @Test
  void givenAHolder_whenClosed_thenNothingIsLeft() {
    acquire("one", NEVER).close();

    assertThat(file()).doesNotExist();
    assertThat(file().getParent()).isEmptyDirectory();
  }

  @Test
  void givenAHolder_whenAPeriodPasses_thenItsCountGrows() {
    try (OutputLock lock = acquire("one", PERIOD)) {
      String first = content();
      await("a renewal", () -> !content().equals(first));

      lock.requireHeld();
      assertThat(content()).startsWith("one ");
    }
  }

  @Test
  void givenALivingHolder_whenASecondAsks_thenItIsRefusedByNameAndTheFirstKeepsIt() {
    try (OutputLock first = acquire("one", PERIOD)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> acquire("two", PERIOD))
          .withMessageContaining("Cannot write to " + folder.resolve("out"))
          .withMessageContaining("the run one is writing there")
          .withMessageContaining("--output");

      assertThatNoException().isThrownBy(first::requireHeld);
    }
  }

  @Test
  void givenADeadHoldersLock_whenAsked_thenItIsTakenOver() {
    write("dead 17");

    try (OutputLock lock = acquire("one", PERIOD)) {
      assertThat(content()).startsWith("one ");
      assertThatNoException().isThrownBy(lock::requireHeld);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void givenAnEmptyLock_whenAsked_thenItIsTakenOver() {
    write("");

    try (OutputLock lock = acquire("one", PERIOD)) {
      lock.requireHeld();
      assertThat(content()).startsWith("one ");
    }
  }

  @Test
  void givenATakenLock_whenRequired_thenTheRunMayNotCommit() {
    try (OutputLock lock = acquire("one", NEVER)) {
      write("two 0");

      assertThatIllegalStateException()
          .isThrownBy(lock::requireHeld)
          .withMessageContaining("Another run has taken over")
          .withMessageContaining(file().toString());
    }
  }

  @Test
  void givenALostLock_whenItIsFreeAgain_thenItStaysLost() {
    try (OutputLock lock = acquire("one", PERIOD)) {
      await(
          "the loss",
          () -> {
            // Again and again: a renewal on its way may replace it.
            write("two 0");
            try {
              lock.requireHeld();
              return false;
            } catch (IllegalStateException e) {
              return !renewalIsAlive();
            }
          });
      write("one 5");

      assertThatIllegalStateException().isThrownBy(lock::requireHeld);
    }
    assertThat(content()).isEqualTo("one 5");
  }

  @Test
  void givenALockTakenBetweenRenewals_whenClosed_thenTheOthersLockStays() {
    OutputLock lock = acquire("one", NEVER);
    write("two 0");

    lock.close();

    assertThat(content()).isEqualTo("two 0");
  }

  @Test
  void givenADeletedLock_whenRequired_thenTheRunMayNotCommit() throws IOException {
    try (OutputLock lock = acquire("one", NEVER)) {
      Files.delete(file());

      assertThatIllegalStateException().isThrownBy(lock::requireHeld);
    }
  }

  @Test
  void givenARenewalThatFails_whenTheNextDoesNot_thenTheLockIsHeld() {
    try (OutputLock lock = acquireOnFaultyDisk()) {
      System.setProperty(FaultyFileSystem.FAIL, "create-once .*_lock.*");
      await("the fault", () -> System.getProperty(FaultyFileSystem.FAIL) == null);
      String before = content();
      await("a renewal", () -> !content().equals(before));

      assertThatNoException().isThrownBy(lock::requireHeld);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void givenRenewalsThatFailForGood_whenRequired_thenTheRunMayNotCommitAndLearnsWhy() {
    try (OutputLock lock = acquireOnFaultyDisk()) {
      System.setProperty(FaultyFileSystem.FAIL, "create .*_lock.*");
      await("the end of the renewals", () -> !renewalIsAlive());

      assertThatIllegalStateException()
          .isThrownBy(lock::requireHeld)
          .withMessageContaining(file().toString())
          .withMessageContaining("could not be renewed")
          .withMessageNotContaining("Another run has taken over")
          .havingCause()
          .havingRootCause()
          .withMessage("No space left on device");
    }
    assertThat(content()).as("left to whoever finds it dead").startsWith("one ");
  }

  /** With time for several tries of a renewal, however busy this machine is. */
  private OutputLock acquireOnFaultyDisk() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    return OutputLock.acquire(
        new Storage(hadoop), "faulty://" + file(), "one", Duration.ofMillis(700));
  }

  private OutputLock acquire(String holder, Duration period) {
    return OutputLock.acquire(storage, file().toString(), holder, period);
  }

  private Path file() {
    return folder.resolve("out/runs/_lock");
  }

  private String content() {
    return new String(storage.read(file().toString(), 1024), UTF_8);
  }

  private void write(String content) {
    storage.write(file().toString(), content.getBytes(UTF_8));
  }

  private static boolean renewalIsAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("output-lock") && thread.isAlive());
  }

  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait for %s", what).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
