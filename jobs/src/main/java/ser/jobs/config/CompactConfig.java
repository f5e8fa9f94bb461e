package ser.jobs.config;

import com.typesafe.config.Config;

/**
 * What {@code ser compact} does.
 *
 * @param output of extract or score
 * @param fileBytes that a file is to have at least, on storage; above 0
 */
public record CompactConfig(String output, long fileBytes) {
  public CompactConfig {
    if (fileBytes <= 0) {
      throw new IllegalArgumentException("file-bytes %d must be above 0".formatted(fileBytes));
    }
  }

  public static CompactConfig from(Config config) {
    Settings settings = new Settings(config, "ser.compact");
    String output = settings.required("output", "--output");
    return settings.checked(() -> new CompactConfig(output, settings.number("file-bytes")));
  }
}
