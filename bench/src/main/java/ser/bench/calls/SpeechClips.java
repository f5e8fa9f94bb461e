package ser.bench.calls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import ser.features.audio.Clip;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.UnreadableAudioException;
import ser.features.signal.Resampler;

/**
 * Recordings as they are heard in a call: 16-bit values at the archive's rate, without the silence
 * at both ends, all with one peak. Holds the latest ones, up to a limit.
 */
final class SpeechClips {
  /** Half of full scale: two at once do not clip. */
  private static final double PEAK = 0.5 * Short.MAX_VALUE;

  /** 40 dB below the loudest 20 ms is silence. */
  private static final double SILENT_BELOW = 0.01;

  private static final int STEPS_PER_SECOND = 50;

  /** 100 ms before and behind what is loud. */
  private static final int STEPS_AROUND = 5;

  private static final long LIMIT_BYTES = 48L << 20;

  private final ClipReader reader = new ClipReader(ClipLimits.NONE);
  private final Map<Path, short[]> held = new LinkedHashMap<>();
  private final int rateHz;
  private long heldBytes;

  SpeechClips(int rateHz) {
    this.rateHz = rateHz;
  }

  /**
   * @return shared with later callers: not to be written to
   * @throws IllegalArgumentException naming the file, if it cannot be read or is silent
   */
  short[] of(Path file) throws IOException {
    short[] known = held.get(file);
    if (known != null) {
      return known;
    }
    short[] samples = prepared(read(file), file);
    Iterator<short[]> oldest = held.values().iterator();
    while (heldBytes + 2L * samples.length > LIMIT_BYTES && oldest.hasNext()) {
      heldBytes -= 2L * oldest.next().length;
      oldest.remove();
    }
    held.put(file, samples);
    heldBytes += 2L * samples.length;
    return samples;
  }

  private float[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Clip clip = reader.read(in).clip();
      return new Resampler(clip.sampleRateHz(), rateHz).resample(clip.samples());
    } catch (UnreadableAudioException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private short[] prepared(float[] samples, Path file) {
    int step = rateHz / STEPS_PER_SECOND;
    double[] level = new double[samples.length / step];
    for (int i = 0; i < level.length; i++) {
      double sum = 0;
      for (int at = i * step; at < (i + 1) * step; at++) {
        sum += (double) samples[at] * samples[at];
      }
      level[i] = Math.sqrt(sum / step);
    }
    double silent = SILENT_BELOW * Arrays.stream(level).max().orElse(0);
    if (!(silent > 0)) {
      throw new IllegalArgumentException(
          "%s is silent or shorter than 20 ms; remove it from the folder".formatted(file));
    }
    int first = 0;
    while (level[first] <= silent) {
      first++;
    }
    int last = level.length - 1;
    while (level[last] <= silent) {
      last--;
    }
    int from = Math.max(0, (first - STEPS_AROUND) * step);
    int to = Math.min(samples.length, (last + 1 + STEPS_AROUND) * step);
    return scaled(Arrays.copyOfRange(samples, from, to));
  }

  private static short[] scaled(float[] samples) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    short[] values = new short[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) Math.round(samples[i] * PEAK / peak);
    }
    return values;
  }
}
