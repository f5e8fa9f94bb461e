package ser.serve.engine;

import java.util.Optional;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;

/** A tone at 1,000 Hz sample rate, as if it were decoded. */
final class Tone implements AudioStream {
  static final int RATE_HZ = 1_000;

  private final int channels;
  private final long frames;
  private long given;

  Tone(int channels, double seconds) {
    this.channels = channels;
    this.frames = Math.round(seconds * RATE_HZ);
  }

  @Override
  public AudioFormat format() {
    return new AudioFormat("wav", "pcm_s16le", RATE_HZ, channels);
  }

  @Override
  public int read(float[] interleaved) {
    int count = (int) Math.min(frames - given, interleaved.length / channels);
    for (int i = 0; i < count * channels; i++) {
      interleaved[i] = sample(given + i / channels);
    }
    given += count;
    return count == 0 ? -1 : count;
  }

  static float sample(long frame) {
    return (float) Math.sin(frame * 0.1);
  }

  @Override
  public Optional<RejectionReason> defect() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
