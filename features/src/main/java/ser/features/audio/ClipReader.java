package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/** Reads whole recordings into memory, as mono. */
public final class ClipReader implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_FRAMES = 4096;

  private final ClipLimits limits;
  private final RecordingReader reader;

  /** Of the formats that are read without help. */
  public ClipReader(ClipLimits limits) {
    this(limits, RecordingReader.builtIn());
  }

  public ClipReader(ClipLimits limits, RecordingReader reader) {
    this.limits = limits;
    this.reader = reader;
  }

  /**
   * Reads a recording from its bytes.
   *
   * @param in closed, unless it is refused by its first bytes
   * @throws UnreadableAudioException if it cannot be read, or breaks a limit
   * @throws IOException if the storage fails
   */
  public DecodedClip read(InputStream in) throws IOException, UnreadableAudioException {
    try (AudioStream stream = reader.open(in)) {
      return read(stream);
    }
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
    SampleList samples = new SampleList();
    for (int count = mono.read(block); count >= 0; count = mono.read(block)) {
      if (samples.size() + count > most) {
        throw new UnreadableAudioException(
            RejectionReason.TOO_LONG,
            "The recording is longer than %s s.".formatted(plain(limits.maxDurationS())));
      }
      samples.add(block, count);
    }
    Clip clip = new Clip(samples.toArray(), rateHz);
    requireLongEnough(clip);
    requireSound(clip);
    return new DecodedClip(clip, stream.format(), stream.defect());
  }

  private void requireLongEnough(Clip clip) throws UnreadableAudioException {
    if (clip.durationS() < limits.minDurationS()) {
      throw new UnreadableAudioException(
          RejectionReason.TOO_SHORT,
          "The recording is %s s long, shorter than %s s."
              .formatted(plain(clip.durationS()), plain(limits.minDurationS())));
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
        "No sample reaches %s of full scale.".formatted(plain(limits.silentBelow())));
  }

  /** As people write numbers: 0.0000208, not 2.0833333333333333E-5. */
  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
