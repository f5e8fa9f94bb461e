package ser.jobs.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.storage.Storage;

/** What an earlier training has left in an output where a report over folds is about to stand. */
final class EarlierTraining {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierTraining.class);
  private static final Pattern FOLD = Pattern.compile(".*/fold-([1-9][0-9]{0,8})");

  private EarlierTraining() {}

  /**
   * Removes the model of one training, which the report would not be about, and folds beyond those
   * that there are. A folder in which no fold has ended stays: it may be somebody else's.
   */
  static void removeFrom(Storage storage, String output, int folds) {
    String model = output + "/model.safetensors";
    if (storage.exists(model)) {
      remove(storage, model);
    }
    for (String entry : storage.entries(output)) {
      Matcher fold = FOLD.matcher(entry);
      if (fold.matches()
          && Integer.parseInt(fold.group(1)) > folds
          && storage.exists(entry + "/model.safetensors")) {
        remove(storage, entry);
      }
    }
  }

  private static void remove(Storage storage, String path) {
    LOG.info("Removing {}, which an earlier training has left", path);
    storage.delete(path);
  }
}
