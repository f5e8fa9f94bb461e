package ser.model.scoring;

import java.util.Optional;
import java.util.Random;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;

/** Seeded noise, given in portions of random size; made as it is read, so any length fits. */
final class NoiseStream implements AudioStream {
  private final int rateHz;
  private final long samples;
  private final Random noise;
  private final Random portions;
  private long given;
  private boolean closed;

  NoiseStream(int rateHz, long samples, long seed) {
    this.rateHz = rateHz;
    this.samples = samples;
    this.noise = new Random(seed);
    this.portions = new Random(~seed);
  }

  /** All samples at once, of the same seed. */
  static float[] whole(int samples, long seed) {
    Random noise = new Random(seed);
    float[] whole = new float[samples];
    for (int i = 0; i < samples; i++) {
      whole[i] = sample(noise);
    }
    return whole;
  }

  private static float sample(Random noise) {
    return noise.nextFloat() - 0.5f;
  }

  @Override
  public AudioFormat format() {
    return new AudioFormat("wav", "pcm_f32le", rateHz, 1);
  }

  @Override
  public int read(float[] interleaved) {
    if (given == samples) {
      return -1;
    }
    int count = (int) Math.min(samples - given, 1 + portions.nextInt(interleaved.length));
    for (int i = 0; i < count; i++) {
      interleaved[i] = sample(noise);
    }
    given += count;
    return count;
  }

  @Override
  public Optional<RejectionReason> defect() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
