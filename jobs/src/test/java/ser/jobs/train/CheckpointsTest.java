package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.FaultyFileSystem;
import ser.jobs.config.CheckpointSettings;
import ser.jobs.config.EarlyStopping.Monitor;
import ser.jobs.error.UserError;
import ser.jobs.storage.Storage;
import ser.model.file.ModelFileException;

class CheckpointsTest {
  private static final SortedMap<String, String> SETTINGS =
      new TreeMap<>(Map.of("ser.train.learning-rate", "0.001", "workers", "2"));

  @TempDir private Path output;

  @AfterEach
  void mendTheDisk() {
    System.clearProperty(FaultyFileSystem.FAIL);
  }

  @Test
  void givenAState_whenWrittenAndRead_thenItIsTheSameBits() throws ModelFileException {
    TrainingState state = state(3);

    CheckpointFile read = CheckpointFile.read(new CheckpointFile(SETTINGS, state).toBytes());

    requireSame(read.state(), state);
    assertThat(read.settings()).isEqualTo(SETTINGS);
  }

  @Test
  void givenSeveralEpochs_whenWritten_thenTheLastOnesStandThereAndTheNewestIsFound()
      throws IOException {
    try (Checkpoints checkpoints = open(new CheckpointSettings(1, 2))) {
      for (int epoch = 1; epoch <= 4; epoch++) {
        checkpoints.write(SETTINGS, state(epoch));
      }

      assertThat(names()).containsExactly("epoch-00003.safetensors", "epoch-00004.safetensors");
      assertThat(checkpoints.newest(SETTINGS).orElseThrow()).endsWith("/epoch-00004.safetensors");
      requireSame(checkpoints.latest(SETTINGS, state -> true).orElseThrow(), state(4));
    }
  }

  @Test
  void givenEveryThirdEpoch_whenWritten_thenTheOthersAreNot() throws IOException {
    try (Checkpoints checkpoints = open(new CheckpointSettings(3, 9))) {
      for (int epoch = 1; epoch <= 7; epoch++) {
        checkpoints.write(SETTINGS, state(epoch));
      }
      assertThat(names()).containsExactly("epoch-00003.safetensors", "epoch-00006.safetensors");
    }
  }

  @Test
  void givenNoCheckpointsWanted_whenWritten_thenNothingIs() throws IOException {
    try (Checkpoints checkpoints = open(new CheckpointSettings(0, 1))) {
      checkpoints.write(SETTINGS, state(1));
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void givenTheNewestIsCutOff_whenLookedFor_thenTheOneBeforeIsUsed() throws IOException {
    try (Checkpoints checkpoints = open(new CheckpointSettings(1, 2))) {
      checkpoints.write(SETTINGS, state(1));
      checkpoints.write(SETTINGS, state(2));
      Path newest = file("epoch-00002.safetensors");
      byte[] bytes = Files.readAllBytes(newest);
      Files.write(newest, Arrays.copyOf(bytes, bytes.length - 4));

      requireSame(checkpoints.latest(SETTINGS, state -> true).orElseThrow(), state(1));
    }
  }

  @Test
  void givenAnotherNetwork_whenLookedFor_thenItsCheckpointIsNotUsed() {
    try (Checkpoints checkpoints = open(new CheckpointSettings(1, 2))) {
      checkpoints.write(SETTINGS, state(1));

      assertThat(checkpoints.latest(SETTINGS, state -> false)).isEmpty();
    }
  }

  @Test
  void givenOtherSettings_whenLookedFor_thenNoneIsFoundAndTheOthersStayUntilTheEnd()
      throws IOException {
    SortedMap<String, String> other = new TreeMap<>(SETTINGS);
    other.put("ser.train.learning-rate", "0.01");
    try (Checkpoints checkpoints = open(new CheckpointSettings(1, 2))) {
      checkpoints.write(SETTINGS, state(1));

      assertThat(checkpoints.latest(other, state -> true)).isEmpty();
      checkpoints.write(other, state(5));
      assertThat(names()).containsExactly("epoch-00001.safetensors", "epoch-00005.safetensors");
      assertThat(checkpoints.latest(SETTINGS, state -> true)).isPresent();
      checkpoints.remove();
    }
    assertThat(output.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void givenAFullDisk_whenWritten_thenTheErrorNamesBothAndTheOneBeforeStays() throws IOException {
    try (Checkpoints checkpoints = open(new CheckpointSettings(1, 1))) {
      checkpoints.write(SETTINGS, state(1));
      System.setProperty(FaultyFileSystem.FAIL, "create .*epoch-00002.*");

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> checkpoints.write(SETTINGS, state(2)))
          .withMessageContaining("epoch-00002.safetensors")
          .withMessageContaining("epoch-00001.safetensors stays")
          .withStackTraceContaining("No space left on device");

      assertThat(names()).containsExactly("epoch-00001.safetensors");
      requireSame(checkpoints.latest(SETTINGS, state -> true).orElseThrow(), state(1));
    }
  }

  @Test
  void givenATrainingOnAnOutput_whenAnotherBegins_thenItIsRefused() {
    try (Checkpoints first = open(new CheckpointSettings(1, 1))) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open(new CheckpointSettings(1, 1)))
          .withMessageContaining("Cannot write to")
          .withMessageContaining(output.toString());
      first.requireHeld();
    }
  }

  private Checkpoints open(CheckpointSettings settings) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    return Checkpoints.open(new Storage(hadoop), "faulty://" + output, settings);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("_lock"))
          .sorted()
          .toList();
    }
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  /** After so many epochs; the first was the best. */
  private static TrainingState state(int epochs) {
    Optional<TrainingState> state = Optional.empty();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      state =
          Optional.of(
              TrainingState.after(
                  state,
                  new Epoch(
                      epoch,
                      1.0 / 3 / epoch,
                      1e-3,
                      Optional.of(new Epoch.Validation(0.9 / epoch, 0.1 + epoch)),
                      epoch),
                  new Weights(
                      new float[] {epoch, 1f / 3, Float.MIN_VALUE, -0f},
                      new float[] {epoch, 1e-30f},
                      7 * epoch),
                  Monitor.MACRO_F1));
    }
    return state.orElseThrow();
  }

  private static void requireSame(TrainingState read, TrainingState written) {
    assertThat(read.epochs()).isEqualTo(written.epochs());
    assertThat(read.weights().parameters()).isEqualTo(written.weights().parameters());
    assertThat(read.weights().updaterState()).isEqualTo(written.weights().updaterState());
    assertThat(read.weights().steps()).isEqualTo(written.weights().steps());
    assertThat(read.best().epoch()).isEqualTo(written.best().epoch());
    assertThat(read.best().score()).isEqualTo(written.best().score());
    assertThat(read.best().parameters()).isEqualTo(written.best().parameters());
  }
}
