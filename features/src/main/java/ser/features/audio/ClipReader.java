package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads whole recordings into memory, as mono. */
public final class ClipReader {
  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int BLOCK_FRAMES = 4096;

  private final ClipLimits limits;

  public ClipReader(ClipLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a recording from its bytes.
   *
   * @param in not closed
   * @throws UnreadableAudioException if it cannot be read, or breaks a limit
   * @throws IOException if the storage fails
   */
  @SuppressWarnings("resource") // Closing is the caller's: the stream holds nothing but the input.
  public DecodedClip read(InputStream in) throws IOException, UnreadableAudioException {
    return read(AudioReader.open(in));
  }

  /**
   * Reads a stream to its end. Channels are averaged as by {@link MonoStream#averaging}.
   *
   * <p>Memory follows what was read, never what a header claims, and ends at the longest duration.
   *
   * @param stream not closed
   * @throws UnreadableAudioException if it cannot be read, or breaks a limit
   * @throws IOException if the storage fails
   */
  @SuppressWarnings("resource")
  public DecodedClip read(AudioStream stream) throws IOException, UnreadableAudioException {
    AudioStream mono = MonoStream.averaging(stream);
    int rateHz = mono.format().sampleRateHz();
    long most = Math.min((long) (limits.maxDurationS() * rateHz), Integer.MAX_VALUE - 16L);
    float[] block = new float[BLOCK_FRAMES];
    float[] samples = new float[(int) Math.min(most, FIRST_CAPACITY)];
    int length = 0;
    for (int count = mono.read(block); count >= 0; count = mono.read(block)) {
      if (length + count > most) {
        throw new UnreadableAudioException(
            RejectionReason.TOO_LONG,
            "The recording is longer than %s s.".formatted(limits.maxDurationS()));
      }
      if (length + count > samples.length) {
        long doubled = Math.max(2L * samples.length, length + count);
        samples = Arrays.copyOf(samples, (int) Math.min(most, doubled));
      }
      System.arraycopy(block, 0, samples, length, count);
      length += count;
    }
    Clip clip = new Clip(Arrays.copyOf(samples, length), rateHz);
    requireLongEnough(clip);
    requireSound(clip);
    return new DecodedClip(clip, stream.format(), stream.defect());
  }

  private void requireLongEnough(Clip clip) throws UnreadableAudioException {
    if (clip.durationS() < limits.minDurationS()) {
      throw new UnreadableAudioException(
          RejectionReason.TOO_SHORT,
          "The recording is %s s long, shorter than %s s."
              .formatted(clip.durationS(), limits.minDurationS()));
    }
  }

  private void requireSound(Clip clip) throws UnreadableAudioException {
    for (float sample : clip.samples()) {
      if (Math.abs(sample) >= limits.silentBelow()) {
        return;
      }
    }
    throw new UnreadableAudioException(
        RejectionReason.SILENT,
        "No sample reaches %s of full scale.".formatted(limits.silentBelow()));
  }
}
