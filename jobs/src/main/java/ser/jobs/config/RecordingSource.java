package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * Where a job's recordings come from.
 *
 * @param inputs folders or prefixes, at least one
 * @param partitions tasks to spread them over; 0 leaves it to the job
 * @param maxFailedShare share of failed recordings, 0 to 1, above which a job ends with exit code 3
 */
public record RecordingSource(List<String> inputs, int partitions, double maxFailedShare) {
  public RecordingSource {
    inputs = List.copyOf(inputs);
    if (partitions < 0) {
      throw new IllegalArgumentException(
          "partitions %d must not be negative".formatted(partitions));
    }
    if (!(maxFailedShare >= 0 && maxFailedShare <= 1)) {
      throw new IllegalArgumentException(
          "max-failed-share %s must be from 0 to 1".formatted(maxFailedShare));
    }
  }

  static RecordingSource from(Config config, String group) {
    Settings settings = new Settings(config, group);
    List<String> inputs = settings.requiredList("input", "--input");
    return settings.checked(
        () ->
            new RecordingSource(
                inputs, settings.integer("partitions"), settings.decimal("max-failed-share")));
  }
}
