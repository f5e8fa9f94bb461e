package ser.jobs.config;

/**
 * When a training puts down what it needs to go on after it was killed.
 *
 * @param everyEpochs epochs between two checkpoints; 0 for none at all
 * @param keep how many stand there at a time
 */
public record CheckpointSettings(int everyEpochs, int keep) {
  public CheckpointSettings {
    require(everyEpochs >= 0, "every-epochs", everyEpochs, "0 or more");
    require(keep > 0, "keep", keep, "at least 1");
  }

  private static void require(boolean condition, String key, int value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          "checkpoints.%s %d must be %s".formatted(key, value, allowed));
    }
  }
}
