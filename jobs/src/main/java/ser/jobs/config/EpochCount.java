package ser.jobs.config;

/** How often a training passes over its rows, at most. */
public sealed interface EpochCount {

  /**
   * @param trainingRows that one epoch has, above 0
   * @return at least 1
   */
  int over(long trainingRows);

  /** How many it is before anybody knows the rows. */
  int least();

  /**
   * The same for any number of rows.
   *
   * @param least at least 1
   */
  record Fixed(int least) implements EpochCount {
    public Fixed {
      require(least > 0, "epochs", least);
    }

    @Override
    public int over(long trainingRows) {
      return least;
    }
  }

  /**
   * More for few rows, so that their training has as many steps as that of many: what an epoch is
   * worth depends on how many there are.
   *
   * @param least at least 1
   * @param leastRowsSeen rows that are learnt from in all epochs together, each as often as it
   *     comes, at least 1
   */
  record BySeen(int least, int leastRowsSeen) implements EpochCount {
    public BySeen {
      require(least > 0, "least-epochs", least);
      require(leastRowsSeen > 0, "least-rows-seen", leastRowsSeen);
    }

    @Override
    public int over(long trainingRows) {
      return Math.max(least, (int) ((leastRowsSeen + trainingRows - 1) / trainingRows));
    }
  }

  private static void require(boolean condition, String key, int value) {
    if (!condition) {
      throw new IllegalArgumentException("%s %d must be at least 1".formatted(key, value));
    }
  }
}
