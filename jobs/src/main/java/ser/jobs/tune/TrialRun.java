package ser.jobs.tune;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import ser.jobs.storage.Storage;
import ser.jobs.train.LocalTraining;
import ser.jobs.train.PreparedInputs;
import ser.jobs.train.TrainingFailure;

/**
 * What one task does: it trains a trial's network, and puts the result down.
 *
 * @param inputs what it is trained and judged on
 */
record TrialRun(Trial trial, LocalTraining.Settings settings, PreparedInputs inputs)
    implements Serializable {

  /**
   * @param folder of the finished trials
   */
  TrialResult run(Broadcast<SerializableConfiguration> hadoop, String folder) {
    long start = System.nanoTime();
    TrialResult result;
    try {
      LocalTraining.Result trained = LocalTraining.run(settings, inputs, hadoop.value().value());
      result =
          TrialResult.done(
              trial,
              new TrialResult.Measures(
                  trained.best().macroF1(),
                  trained.best().uar(),
                  trained.best().accuracy(),
                  trained.loss(),
                  trained.bestEpoch(),
                  trained.epochs(),
                  trained.weights()),
              seconds(start));
    } catch (TrainingFailure e) {
      result = TrialResult.failed(trial, status(e), e.getMessage(), seconds(start));
    }
    FinishedTrials.write(new Storage(hadoop.value().value()), folder, result);
    return result;
  }

  static TrialResult.Status status(TrainingFailure failure) {
    return switch (failure.kind()) {
      case UNBUILDABLE -> TrialResult.Status.UNBUILDABLE;
      case DIVERGED -> TrialResult.Status.DIVERGED;
      case OUT_OF_MEMORY -> TrialResult.Status.OUT_OF_MEMORY;
    };
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
