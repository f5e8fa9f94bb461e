package ser.features.audio;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Uncompressed samples that stand one after the other. */
final class PcmStream implements AudioStream {
  /** Size of a data part that goes on to the end of the file. */
  static final long TO_THE_END = Long.MAX_VALUE;

  private static final int BUFFER_BYTES = 1 << 15;

  /** Looks at what stands behind the samples. */
  @FunctionalInterface
  interface Trailer {
    /** A trailer that may hold anything. */
    Trailer IGNORED = in -> Optional.empty();

    Optional<RejectionReason> defect(ForwardInput in) throws IOException;
  }

  private final ForwardInput in;
  private final AudioFormat format;
  private final SampleCoding coding;
  private final long claimedBytes;
  private final Trailer trailer;
  private final long start;
  private final int frameBytes;
  private final byte[] buffer;
  private long doneBytes;
  private boolean ended;
  private Optional<RejectionReason> defect = Optional.empty();

  /**
   * @param in stands at the first sample
   * @param claimedBytes size of the samples by the header, or {@link #TO_THE_END}
   */
  PcmStream(
      ForwardInput in,
      AudioFormat format,
      SampleCoding coding,
      long claimedBytes,
      Trailer trailer) {
    this.in = in;
    this.format = format;
    this.coding = coding;
    this.claimedBytes = claimedBytes;
    this.trailer = trailer;
    this.start = in.position();
    this.frameBytes = coding.bytesPerSample() * format.channels();
    this.buffer = new byte[Math.max(BUFFER_BYTES / frameBytes, 1) * frameBytes];
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    if (ended) {
      return -1;
    }
    int room = interleaved.length / format.channels();
    if (room == 0) {
      throw new IllegalArgumentException(
          "an array of %d has no room for a frame of %d channels"
              .formatted(interleaved.length, format.channels()));
    }
    long frames =
        Math.min(
            (claimedBytes - doneBytes) / frameBytes, Math.min(room, buffer.length / frameBytes));
    int wanted = (int) frames * frameBytes;
    int got = in.readFully(buffer, 0, wanted);
    int whole = got / frameBytes;
    doneBytes += got;
    if (got < wanted || frames == 0) {
      finish();
    }
    if (whole == 0) {
      return -1;
    }
    coding.decoder().decode(buffer, interleaved, whole * format.channels());
    return whole;
  }

  @Override
  public long skip(long frames) throws IOException {
    if (ended) {
      return 0;
    }
    long wanted = Math.min(frames, (claimedBytes - doneBytes) / frameBytes) * frameBytes;
    long skipped = in.skip(wanted);
    doneBytes += skipped;
    return skipped / frameBytes;
  }

  @Override
  public OptionalLong framesIn(long fileBytes) {
    return coding.isTotal()
        ? OptionalLong.of(Math.min(claimedBytes, Math.max(0, fileBytes - start)) / frameBytes)
        : OptionalLong.empty();
  }

  @Override
  public boolean isInteger() {
    return coding.isInteger();
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void finish() throws IOException, UnreadableAudioException {
    ended = true;
    boolean endless = claimedBytes == TO_THE_END;
    boolean cut = !endless && claimedBytes - doneBytes >= frameBytes;
    if (doneBytes < frameBytes) {
      if (cut) {
        throw new UnreadableAudioException(
            RejectionReason.TRUNCATED,
            "The header says %d bytes of samples; the file ends after %d, before the first whole one."
                .formatted(claimedBytes, doneBytes));
      }
      throw new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA,
          "There are %d bytes of samples; one needs %d.".formatted(doneBytes, frameBytes));
    }
    if (cut) {
      defect = Optional.of(RejectionReason.TRUNCATED);
    } else if (!endless) {
      in.skip(claimedBytes - doneBytes);
      defect = trailer.defect(in);
    }
  }
}
