package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.config.EarlyStopping;
import ser.jobs.config.EarlyStopping.Monitor;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.metrics.Subject;
import ser.model.network.CpuAcceleration;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;

/** One network from files; as DL4J loads its natives, no unit test. */
class LocalTrainingIT {
  private static final NetworkShape SHAPE = new NetworkShape(6, 8, 2);
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @BeforeAll
  static void natives() {
    CpuAcceleration.request();
  }

  @Test
  void givenTwoClassesThatDiffer_whenTrained_thenTheyAreToldApartTheSameEachTime() {
    PreparedInputs inputs = inputs(1, 24);

    LocalTraining.Result first = LocalTraining.run(settings(7), inputs, HADOOP);

    assertThat(first.best().macroF1()).isGreaterThan(0.9);
    assertThat(first.bestEpoch()).isBetween(1, first.epochs());
    assertThat(LocalTraining.run(settings(7), inputs, HADOOP)).isEqualTo(first);
    assertThat(LocalTraining.run(settings(8), inputs, HADOOP).loss()).isNotEqualTo(first.loss());
  }

  /** Once all are told apart macro F1 does not rise any more, and the loss still falls. */
  @Test
  void givenTheLossAsMonitor_whenTrained_thenALaterEpochOfLessLossIsTheBest() {
    PreparedInputs inputs = inputs(1, 24);

    LocalTraining.Result byMacroF1 = LocalTraining.run(settings(7), inputs, HADOOP);
    LocalTraining.Result byLoss =
        LocalTraining.run(settings(7, new EarlyStopping(Monitor.LOSS, 6)), inputs, HADOOP);

    assertThat(byLoss.bestEpoch()).isGreaterThan(byMacroF1.bestEpoch());
    assertThat(byLoss.loss()).isLessThan(byMacroF1.loss());
  }

  @Test
  void givenValuesBeyondFloats_whenTrained_thenTheFailureNamesEpochAndLearningRate() {
    PreparedInputs inputs = inputs(1e38f, 8);

    assertThatExceptionOfType(TrainingFailure.class)
        .isThrownBy(() -> LocalTraining.run(settings(7), inputs, HADOOP))
        .withMessageContaining("NaN")
        .withMessageContaining("epoch 1 at learning rate 0.01")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(TrainingFailure.Kind.DIVERGED));
  }

  @Test
  void givenAFileThatWasCutOff_whenRead_thenItIsAFaultAndNotTheEnd() throws IOException {
    PreparedInputs inputs = inputs(1, 8);
    Path file = folder.resolve("training/00000.bin");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    Files.deleteIfExists(file.resolveSibling(".00000.bin.crc"));

    assertThat(whole.length).isGreaterThan(8 * SHAPE.inputLength() * Float.BYTES);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> inputs.training().load(0, HADOOP))
        .withMessageContaining("cut off");
  }

  private static LocalTraining.Settings settings(long seed) {
    return settings(seed, new EarlyStopping(Monitor.MACRO_F1, 6));
  }

  private static LocalTraining.Settings settings(long seed, EarlyStopping stopping) {
    return new LocalTraining.Settings(
        NetworkArchitecture.parse(
            List.of("conv 4 3x3", "batch-norm", "relu", "dropout 0.2", "dense 8")),
        new Optimisation(0.01, ClassWeights.equal(2), seed),
        new LearningRateSchedule.Constant(0.01),
        6,
        stopping,
        5,
        100);
  }

  private PreparedInputs inputs(float factor, int rows) {
    return new PreparedInputs(
        SHAPE,
        List.of(Emotion.HAPPY, Emotion.SAD),
        List.of(rows / 2L, rows / 2L),
        shards("training", factor, rows, 1),
        shards("validation", factor, rows, 2));
  }

  private InputShards shards(String name, float factor, int rows, long seed) {
    Random random = new Random(seed);
    List<LabelledInput> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] values = new float[SHAPE.inputLength()];
      for (int j = 0; j < values.length; j++) {
        values[j] = factor * (float) (random.nextGaussian() + (i % 2 == 0 ? 1 : -1));
      }
      Subject subject = new Subject(name + i, "made", "made-1", Gender.UNKNOWN, "");
      made.add(new LabelledInput(subject, "original", i % 2, values));
    }
    InputShards shards =
        new InputShards(folder.resolve(name).toString(), 1, rows, SHAPE.inputLength());
    shards.write(0, made.iterator(), HADOOP);
    return shards;
  }
}
