package ser.jobs.train;

import java.util.Optional;
import ser.jobs.config.TrainConfig;
import ser.model.network.LearningRateSchedule;

/**
 * What a training does without, because nothing validates it, though its settings ask for it.
 *
 * @param meant whether the settings say that nothing is to validate
 * @param plateau whether the learning rate was to wait for a loss on the validation side
 */
record MissingValidation(boolean meant, boolean plateau) {

  static MissingValidation of(TrainConfig config) {
    return new MissingValidation(
        !config.split().validates(),
        config.schedule().learningRate() instanceof LearningRateSchedule.Plateau);
  }

  /** For the log; nothing if nothing is missed. */
  Optional<String> warning() {
    if (meant) {
      return Optional.empty();
    }
    return Optional.of(
        "No recording is held out for validation: there are too few speakers or recordings. So the last epoch is kept, whichever was best, ser.train.patience stops nothing,%s and the model is not calibrated and has no limit for abstaining. Give more of them, name ser.train.validation-speakers, or set it to none if this is meant."
            .formatted(
                plateau ? " ser.train.schedule = plateau waits for the training's loss," : ""));
  }
}
