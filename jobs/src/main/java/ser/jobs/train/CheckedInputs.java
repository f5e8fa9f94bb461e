package ser.jobs.train;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.config.NormaliseSettings;
import ser.model.file.ModelInput;
import ser.model.input.Normalisation;
import ser.model.split.Side;

/** The inputs of a training, each of which has said which rows it is made of. */
final class CheckedInputs {
  private final InputPreparation preparation;
  private final FittedInput fitted;
  private final LeakCheck leaks;

  private CheckedInputs(InputPreparation preparation, FittedInput fitted, LeakCheck leaks) {
    this.preparation = preparation;
    this.fitted = fitted;
    this.leaks = leaks;
  }

  /**
   * Fits the normaliser.
   *
   * @throws IllegalStateException if it has used other rows than those of the training side, or a
   *     speaker's statistics others than those of his side
   */
  static CheckedInputs of(
      InputPreparation preparation, NormaliseSettings settings, long seed, LeakCheck leaks) {
    FittedInput fitted = preparation.fit(settings, seed);
    leaks.requireUsed("normaliser", Side.TRAINING, fitted.fittedOn());
    for (Side side : Side.values()) {
      if (fitted.rule() instanceof Normalisation.Speaker) {
        leaks.requireUsed(
            "speakers_" + nameOf(side),
            side,
            fitted.voicesOf().getOrDefault(side, RowFingerprint.NONE));
      }
    }
    return new CheckedInputs(preparation, fitted, leaks);
  }

  /**
   * Inputs of one side, kept for further passes.
   *
   * @throws IllegalStateException if they are not made of the rows of that side
   */
  JavaRDD<LabelledInput> of(Side side) {
    JavaRDD<LabelledInput> inputs =
        preparation.inputsOf(side, fitted).persist(StorageLevel.MEMORY_AND_DISK_SER());
    leaks.requireUsed(nameOf(side), side, RowFingerprint.of(inputs));
    return inputs;
  }

  /** How much of a speaker's own recordings stand on a side, in seconds; 0 by corpus. */
  double speechS(Side side, String speaker) {
    return fitted.speechS(side, speaker);
  }

  /** What the model file says of them. */
  ModelInput modelInput(TrainingPlan plan) {
    return new ModelInput(plan.spec(), plan.input(), fitted.training(), fitted.rule());
  }

  private static String nameOf(Side side) {
    return side.name().toLowerCase(java.util.Locale.ROOT);
  }
}
