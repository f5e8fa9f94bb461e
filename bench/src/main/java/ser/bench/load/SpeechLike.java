package ser.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;

/** Recordings that are as much work as speech: loud enough throughout not to pass for silence. */
public final class SpeechLike {
  private static final double SYLLABLES_HZ = 4;

  private SpeechLike() {}

  /**
   * A WAV file of 16 bits: a buzz whose loudness and pitch go up and down, and noise.
   *
   * @param seed other seeds, other recordings
   */
  public static byte[] wav(double durationS, int rateHz, long seed) {
    Random random = new Random(seed);
    double pitchHz = 100 + 150 * random.nextDouble();
    float[] samples = new float[(int) Math.round(durationS * rateHz)];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double swell = Math.sin(2 * Math.PI * SYLLABLES_HZ * i / rateHz);
      phase += 2 * Math.PI * pitchHz * (1 + 0.1 * swell) / rateHz;
      double buzz = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(5 * phase);
      samples[i] = (float) ((0.2 + 0.1 * swell) * buzz + 0.02 * random.nextGaussian());
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      WavWriter.write(new Clip(samples, rateHz), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
