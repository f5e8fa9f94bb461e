package ser.jobs.tune;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ser.jobs.error.UserError;
import ser.jobs.storage.Storage;

/**
 * {@code OUTPUT/finished/}: an object for each trial that has ended, which its own task writes when
 * it ends. So they are there whatever becomes of the run, and the next one goes on from them.
 */
final class FinishedTrials {
  private static final String NAME = "finished";
  private static final long LIMIT_BYTES = 1 << 20;

  private final Map<String, TrialResult> results = new HashMap<>();

  private FinishedTrials() {}

  static String folder(String output) {
    return output + "/" + NAME;
  }

  static FinishedTrials read(Storage storage, String output) {
    FinishedTrials finished = new FinishedTrials();
    for (String file : storage.files(folder(output))) {
      if (file.matches(".*/trial-\\d+-round-\\d+\\.json")) {
        finished.add(read(storage.read(file, LIMIT_BYTES), file));
      }
    }
    return finished;
  }

  /** Called by the trial's task. */
  static void write(Storage storage, String folder, TrialResult result) {
    storage.write(folder + "/" + result.trial().fileName(), result.toBytes());
  }

  void add(TrialResult result) {
    results.put(result.trial().fileName(), result);
  }

  Optional<TrialResult> of(Trial trial) {
    return Optional.ofNullable(results.get(trial.fileName()));
  }

  /** By round, then by number. */
  List<TrialResult> of(List<Trial> trials) {
    return trials.stream()
        .flatMap(trial -> of(trial).stream())
        .sorted(
            Comparator.comparingInt((TrialResult result) -> result.trial().round())
                .thenComparingInt(result -> result.trial().number()))
        .toList();
  }

  private static TrialResult read(byte[] bytes, String file) {
    try {
      return TrialResult.read(bytes);
    } catch (IOException e) {
      throw new UserError(
          "Cannot read the finished trial %s: %s. Delete it, and it is trained again."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
