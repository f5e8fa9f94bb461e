package ser.features.audio;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Lets no sample through that would poison what is computed from it. */
final class CheckedStream implements AudioStream {
  private static final int MIN_RATE_HZ = 1_000;

  /** The highest rate of any converter sold; beyond it the header is wrong. */
  private static final int MAX_RATE_HZ = 384_000;

  private static final int MAGNITUDE = 0x7FFF_FFFF;
  private static final int INFINITY = 0x7F80_0000;

  private final AudioStream stream;
  private long frames;

  CheckedStream(AudioStream stream) {
    this.stream = stream;
  }

  @Override
  public AudioFormat format() {
    return stream.format();
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    int count = stream.read(interleaved);
    if (count > 0) {
      if (!stream.isInteger()) {
        requireFinite(interleaved, count * format().channels());
      }
      // After the first samples: a file without any is no_audio_data, which comes before the rate.
      requirePlausibleRate();
      frames += count;
    }
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException, UnreadableAudioException {
    long skipped = stream.skip(wanted);
    frames += skipped;
    return skipped;
  }

  @Override
  public OptionalLong framesIn(long fileBytes) {
    return isPlausibleRate() ? stream.framesIn(fileBytes) : OptionalLong.empty();
  }

  @Override
  public boolean isInteger() {
    return stream.isInteger();
  }

  @Override
  public Optional<RejectionReason> defect() {
    return stream.defect();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private void requireFinite(float[] samples, int count) throws UnreadableAudioException {
    // The bits of a magnitude order as its value does, with infinity and NaN on top: one comparison
    // for the block instead of one a sample.
    int largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(samples[i]) & MAGNITUDE);
    }
    if (largest < INFINITY) {
      return;
    }
    int channels = format().channels();
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new UnreadableAudioException(
            RejectionReason.NON_FINITE_SAMPLES,
            "Sample %d of channel %d is %s."
                .formatted(frames + i / channels, i % channels, samples[i]));
      }
    }
  }

  private void requirePlausibleRate() throws UnreadableAudioException {
    if (!isPlausibleRate()) {
      throw new UnreadableAudioException(
          RejectionReason.IMPLAUSIBLE_RATE,
          "The header says %d Hz; believable are %d to %d Hz."
              .formatted(format().sampleRateHz(), MIN_RATE_HZ, MAX_RATE_HZ));
    }
  }

  private boolean isPlausibleRate() {
    int rate = format().sampleRateHz();
    return rate >= MIN_RATE_HZ && rate <= MAX_RATE_HZ;
  }
}
