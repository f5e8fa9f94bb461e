package ser.jobs.config;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.List;
import ser.features.audio.FfmpegReader;
import ser.features.audio.RecordingReader;
import ser.jobs.error.UserError;

/**
 * Where a job's recordings come from, and how they are read.
 *
 * @param inputs folders or prefixes, at least one
 * @param taskBytes about as many bytes of recordings a task
 * @param partitions tasks to spread them over; 0 leaves it to taskBytes
 * @param readAhead recordings that a task fetches from object storage while it works on another
 * @param maxFailedShare share of failed recordings, 0 to 1, above which a job ends with exit code 3
 * @param reader opens them
 */
public record RecordingSource(
    List<String> inputs,
    long taskBytes,
    int partitions,
    int readAhead,
    double maxFailedShare,
    RecordingReader reader) {
  private static final String AUDIO_GROUP = "ser.audio";

  /** Each holds a thread and a connection. */
  private static final int MOST_AHEAD = 64;

  private static final String FFMPEG = "ffmpeg";

  public RecordingSource {
    inputs = List.copyOf(inputs);
    if (taskBytes <= 0) {
      throw new IllegalArgumentException("task-bytes %d must be above 0".formatted(taskBytes));
    }
    if (partitions < 0) {
      throw new IllegalArgumentException(
          "partitions %d must not be negative".formatted(partitions));
    }
    if (readAhead < 0 || readAhead > MOST_AHEAD) {
      throw new IllegalArgumentException(
          "read-ahead %d must be from 0 to %d".formatted(readAhead, MOST_AHEAD));
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
                inputs,
                settings.number("task-bytes"),
                settings.integer("partitions"),
                settings.integer("read-ahead"),
                settings.decimal("max-failed-share"),
                reader(config)));
  }

  private static RecordingReader reader(Config config) {
    Settings settings = new Settings(config, AUDIO_GROUP);
    // Read in any case, so that a wrong value is found before somebody needs it.
    FfmpegReader ffmpeg =
        settings.checked(
            () ->
                new FfmpegReader(
                    settings.text(FFMPEG),
                    settings.decimal("ffmpeg-time-limit-s"),
                    settings.decimal("ffmpeg-max-audio-s")));
    return settings.says(FFMPEG, "off") ? RecordingReader.builtIn() : ffmpeg;
  }

  /**
   * Looks whether what the reader needs is on this machine.
   *
   * @throws UserError if it is not
   */
  public void requireReader() {
    try {
      reader.requireReady();
    } catch (IOException e) {
      throw new UserError(
          "Cannot read recordings with ffmpeg as ser.audio.ffmpeg asks: %s. Install it on every machine that runs tasks, or set ser.audio.ffmpeg = off."
              .formatted(e.getMessage()),
          e);
    }
  }
}
