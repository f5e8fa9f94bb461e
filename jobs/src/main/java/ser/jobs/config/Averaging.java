package ser.jobs.config;

/**
 * How the work of a training is divided among workers that average their weights.
 *
 * @param batchSizePerWorker rows of one step of one worker
 * @param frequency steps of each worker between two averagings
 * @param workers how many; 0 for every task slot
 * @param prefetchBatches minibatches that a thread of their own makes ahead of the steps; 0 for
 *     none
 * @param depth levels of the tree in which weights are summed; 1 sends all to the driver
 */
public record Averaging(
    int batchSizePerWorker, int frequency, int workers, int prefetchBatches, int depth) {
  public Averaging {
    // Batch normalisation has no variance over one row.
    require(batchSizePerWorker > 1, "batch-size-per-worker", batchSizePerWorker, "at least 2");
    require(frequency > 0, "averaging-frequency", frequency, "at least 1");
    require(workers >= 0, "workers", workers, "0 or more");
    require(prefetchBatches >= 0, "prefetch-batches", prefetchBatches, "0 or more");
    require(depth > 0, "aggregation-depth", depth, "at least 1");
  }

  private static void require(boolean condition, String key, int value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException("%s %d must be %s".formatted(key, value, allowed));
    }
  }
}
