package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.config.Averaging;
import ser.jobs.config.EarlyStopping;
import ser.jobs.config.EarlyStopping.Monitor;
import ser.jobs.error.UserError;
import ser.model.file.ModelFileException;

class DataParallelTrainingIT {
  private static final Averaging TWO_WORKERS = new Averaging(4, 2, 2, 0, 2);

  private static TrainingSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session = TrainingSession.local();
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  /** Six are averaged in groups, two are not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 6})
  void givenOneSeed_whenTrainedTwice_thenTheWeightsAreTheSameBits(int workers) throws IOException {
    TinyTraining training = new TinyTraining(2, new Averaging(2, 2, workers, 0, 2));
    float[] first = weightsOf(training);

    assertThat(weightsOf(training)).isEqualTo(first);
    assertThat(weightsOf(training.withSeed(8))).isNotEqualTo(first);
  }

  @Test
  void givenPrefetch_whenTrained_thenTheWeightsAreTheSameBits() throws IOException {
    assertThat(weightsOf(new TinyTraining(2, new Averaging(4, 2, 2, 3, 2))))
        .isEqualTo(weightsOf(new TinyTraining(2, TWO_WORKERS)));
  }

  /**
   * Batch normalisation's statistics are recomputed in each epoch with validation speakers only.
   */
  @Test
  void givenNoValidation_whenTrained_thenTheLastEpochIsThatOfATrainingWithValidation()
      throws IOException, ModelFileException {
    TinyTraining training = new TinyTraining(2, TWO_WORKERS);
    run(training);

    assertThat(TinyTraining.weights(training.runWithoutValidation(session.context(), newFolder())))
        .isEqualTo(
            CheckpointFile.read(Files.readAllBytes(checkpoint(2))).state().weights().parameters());
  }

  @Test
  void givenMoreStepsOrRowsThanThereAre_whenTrained_thenTheyAreThoseOfAnEpoch() throws IOException {
    assertThat(weightsOf(new TinyTraining(2, new Averaging(4, Integer.MAX_VALUE, 2, 0, 2))))
        .isEqualTo(weightsOf(new TinyTraining(2, new Averaging(4, 5, 2, 0, 2))));
    assertThat(weightsOf(new TinyTraining(2, new Averaging(Integer.MAX_VALUE, 1, 2, 0, 2))))
        .isEqualTo(weightsOf(new TinyTraining(2, new Averaging(17, 1, 2, 0, 2))));
  }

  @Test
  void givenNoValidation_whenTrained_thenThePlateauIsThatOfTheTrainingsLoss() throws IOException {
    List<Epoch> epochs =
        new TinyTraining(12, TWO_WORKERS)
            .runWithoutValidation(session.context(), newFolder())
            .epochs();

    List<Double> losses = epochs.stream().map(Epoch::loss).toList();
    assertThat(epochs)
        .allSatisfy(
            epoch ->
                assertThat(epoch.learningRate())
                    .isEqualTo(
                        TinyTraining.RATES.rateAt(
                            epoch.epoch() - 1, losses.subList(0, epoch.epoch() - 1))));
    assertThat(epochs.stream().map(Epoch::learningRate).distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void givenATrainingThatWasCutOff_whenItGoesOn_thenItIsThatOfAnUndisturbedRun()
      throws IOException {
    TinyTraining training = new TinyTraining(6, TWO_WORKERS);
    DataParallelTraining.Result undisturbed = training.run(session.context(), newFolder());

    run(training.withEpochs(3));
    DataParallelTraining.Result resumed = run(training);

    assertThat(resumed.resumedAfter()).isEqualTo(3);
    assertThat(TinyTraining.weights(resumed)).isEqualTo(TinyTraining.weights(undisturbed));
    assertThat(resumed.bestEpoch()).isEqualTo(undisturbed.bestEpoch());
    assertThat(resumed.epochs())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(undisturbed.epochs());
    assertThat(undisturbed.epochs().stream().map(Epoch::learningRate).distinct().count())
        .as("rates of the plateau schedule, which must go on as well")
        .isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void givenEarlyStoppingBeforeTheEnd_whenRunAgain_thenNothingIsTrainedAnyMore(Monitor monitor) {
    TinyTraining training = new TinyTraining(40, new EarlyStopping(monitor, 2), TWO_WORKERS, 7);
    DataParallelTraining.Result first = run(training);

    DataParallelTraining.Result again = run(training);

    assertThat(first.epochs().size()).isLessThan(40).isEqualTo(first.bestEpoch() + 2);
    List<Double> scores =
        first.epochs().stream()
            .map(epoch -> epoch.validation().orElseThrow())
            .map(validation -> monitor.score(validation.macroF1(), validation.loss()))
            .toList();
    assertThat(first.bestEpoch()).isEqualTo(1 + scores.indexOf(Collections.max(scores)));
    assertThat(again.epochs()).isEqualTo(first.epochs());
    assertThat(again.resumedAfter()).isEqualTo(first.epochs().size());
    assertThat(TinyTraining.weights(again)).isEqualTo(TinyTraining.weights(first));
  }

  @Test
  void givenAnotherSeed_whenRun_thenItDoesNotGoOnFromTheFirstOnesCheckpoint() {
    TinyTraining training = new TinyTraining(1, TWO_WORKERS);
    run(training);

    assertThat(run(training.withSeed(8)).resumedAfter()).isZero();
    assertThat(run(training).resumedAfter()).isEqualTo(1);
  }

  @Test
  void givenWeightsThatOverflow_whenTrained_thenItStopsAndNamesPlaceRateAndLastGoodCheckpoint()
      throws IOException, ModelFileException {
    TinyTraining training = new TinyTraining(1, TWO_WORKERS);
    run(training);
    overflow(checkpoint(1));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> run(training.withEpochs(2)))
        .withMessageMatching(
            "Training stopped: in epoch 2, round 1 of \\d+, the loss of minibatch 1 of worker 0 is"
                + " NaN at learning rate 0\\.01\\. Lower ser\\.train\\.learning-rate; the last good"
                + " weights stand in .*epoch-00001\\.safetensors\\.");
    assertThat(checkpoint(1)).exists();
  }

  private DataParallelTraining.Result run(TinyTraining training) {
    return training.run(session.context(), kept());
  }

  private float[] weightsOf(TinyTraining training) throws IOException {
    return TinyTraining.weights(training.run(session.context(), newFolder()));
  }

  /** Where nothing was trained before. */
  private Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "new");
  }

  private Path kept() {
    return folder.resolve("kept");
  }

  private Path checkpoint(int epoch) throws IOException {
    try (Stream<Path> files = Files.walk(kept())) {
      return files
          .filter(file -> file.endsWith("epoch-%05d.safetensors".formatted(epoch)))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Finite weights whose products are not. */
  private static void overflow(Path checkpoint) throws IOException, ModelFileException {
    CheckpointFile file = CheckpointFile.read(Files.readAllBytes(checkpoint));
    TrainingState state = file.state();
    float[] huge = new float[state.weights().parameters().length];
    for (int i = 0; i < huge.length; i++) {
      huge[i] = i % 2 == 0 ? 3e38f : -3e38f;
    }
    Files.write(
        checkpoint,
        new CheckpointFile(
                file.settings(),
                new TrainingState(
                    state.epochs(),
                    new Weights(huge, state.weights().updaterState(), state.weights().steps()),
                    state.best()))
            .toBytes());
  }
}
