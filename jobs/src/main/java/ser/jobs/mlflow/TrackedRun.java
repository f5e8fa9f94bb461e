package ser.jobs.mlflow;

import java.util.List;
import java.util.SortedMap;

/**
 * What is logged of one training.
 *
 * @param name as people see it
 * @param startedMs milliseconds since 1970, UTC
 * @param parameters settings by name
 * @param metrics numbers, one value per key and step
 * @param tags provenance by name
 */
public record TrackedRun(
    String name,
    long startedMs,
    SortedMap<String, String> parameters,
    List<Metric> metrics,
    SortedMap<String, String> tags) {

  /** The tag that says which model came of it: a training that is repeated has the same one. */
  public static final String MODEL_ID = "ser.model_id";

  public TrackedRun {
    metrics = List.copyOf(metrics);
  }

  /**
   * @param key name
   * @param value finite
   * @param step epoch that it was measured after
   */
  public record Metric(String key, double value, long step) {}
}
