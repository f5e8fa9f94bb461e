package ser.model.split;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Chance that a recording's name and a seed decide: the same for whoever asks, in any order. */
final class RecordingDraw {
  private final SplittableRandom random;

  RecordingDraw(String recording, long seed) {
    CRC32C hash = new CRC32C();
    hash.update(recording.getBytes(StandardCharsets.UTF_8));
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ hash.getValue());
  }

  /** From 0 to below 1, another one each time. */
  double next() {
    return random.nextDouble();
  }
}
