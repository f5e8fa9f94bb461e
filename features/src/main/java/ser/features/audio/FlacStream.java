package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * The frames of a FLAC file.
 *
 * <p>A damaged or cut frame ends the stream: what came before is kept and {@link #defect} says why.
 * Nothing is resynchronised, so no sample is ever moved in time. A frame that proves by its
 * checksum to be whole but to have another rate, width or number of channels than STREAMINFO is a
 * lie of the header if it is the first ({@code inconsistent_header}), else a change inside the
 * stream ({@code stream_changes}).
 */
final class FlacStream implements AudioStream {
  /** How far frames are looked for where metadata ends in something else. */
  private static final int SEARCH_BYTES = 1 << 20;

  private final ForwardInput in;
  private final FlacStreamInfo info;
  private final AudioFormat format;
  private final float scale;
  private final FlacBits bits;
  private final FlacFrame frame;
  private long decoded;
  private int blockSize;
  private int blockNext;
  private boolean ended;
  private boolean headerLies;
  private Optional<RejectionReason> defect = Optional.empty();

  /** Reads from the first frame on. */
  FlacStream(ForwardInput in, FlacStreamInfo info) {
    this.in = in;
    this.info = info;
    this.format = new AudioFormat("flac", "flac", info.sampleRateHz(), info.channels());
    this.scale = 1f / (1L << info.bitsPerSample() - 1);
    this.bits = new FlacBits(in);
    this.frame = new FlacFrame(bits);
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    int channels = format.channels();
    int room = interleaved.length / channels;
    if (room == 0) {
      throw new IllegalArgumentException(
          "an array of %d has no room for a frame of %d channels"
              .formatted(interleaved.length, channels));
    }
    if (blockNext == blockSize && (ended || !nextFrame())) {
      return -1;
    }
    int count = Math.min(room, blockSize - blockNext);
    for (int c = 0; c < channels; c++) {
      scale(frame.channels()[c], interleaved, c, channels, count);
    }
    blockNext += count;
    return count;
  }

  @Override
  public boolean isInteger() {
    return true;
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void scale(int[] samples, float[] interleaved, int first, int step, int count) {
    if (step == 1) {
      // The same loop without a stride, which the compiler turns into vector instructions.
      for (int i = 0; i < count; i++) {
        interleaved[i] = samples[blockNext + i] * scale;
      }
      return;
    }
    for (int i = 0, to = first; i < count; i++, to += step) {
      interleaved[to] = samples[blockNext + i] * scale;
    }
  }

  private boolean nextFrame() throws IOException, UnreadableAudioException {
    boolean expectsMore = info.totalSamples() == 0 || decoded < info.totalSamples();
    if (bits.atEnd()) {
      if (decoded == 0) {
        throw nothingDecoded();
      }
      return end(decoded < info.totalSamples() ? RejectionReason.TRUNCATED : null);
    }
    bits.startChecksum();
    FlacFrameHeader header;
    try {
      header = FlacFrameHeader.read(bits);
    } catch (UnreadableAudioException e) {
      if (decoded == 0 && e.reason() == RejectionReason.CORRUPT_FRAME) {
        throw misplacedFrames(e);
      }
      // Behind the last sample that STREAMINFO promised, anything may stand: old tags, padding.
      return endOrThrow(e, expectsMore);
    }
    try {
      int bitsPerSample = or(header.bitsPerSample(), info.bitsPerSample());
      frame.decode(header, bitsPerSample);
      requireSameFormat(header, bitsPerSample);
    } catch (UnreadableAudioException e) {
      return endOrThrow(e, true);
    }
    headerLies |= info.maxBlockSize() > 0 && header.blockSize() > info.maxBlockSize();
    blockSize = header.blockSize();
    blockNext = 0;
    decoded += blockSize;
    headerLies |= info.totalSamples() > 0 && decoded > info.totalSamples();
    return true;
  }

  private boolean endOrThrow(UnreadableAudioException cause, boolean counts)
      throws UnreadableAudioException {
    boolean partial =
        cause.reason() == RejectionReason.TRUNCATED
            || cause.reason() == RejectionReason.CORRUPT_FRAME;
    if (decoded == 0 || !partial) {
      throw cause;
    }
    return end(counts ? cause.reason() : null);
  }

  /** Always false: there is no next frame. */
  private boolean end(RejectionReason reason) {
    ended = true;
    defect =
        headerLies ? Optional.of(RejectionReason.INCONSISTENT_HEADER) : Optional.ofNullable(reason);
    return false;
  }

  private void requireSameFormat(FlacFrameHeader header, int bitsPerSample)
      throws UnreadableAudioException {
    int rateHz = or(header.sampleRateHz(), info.sampleRateHz());
    if (rateHz == info.sampleRateHz()
        && header.channels() == info.channels()
        && bitsPerSample == info.bitsPerSample()) {
      return;
    }
    throw new UnreadableAudioException(
        decoded == 0 ? RejectionReason.INCONSISTENT_HEADER : RejectionReason.STREAM_CHANGES,
        "The frame at sample %d has %d Hz, %d channels, %d bits; STREAMINFO says %d Hz, %d, %d."
            .formatted(
                decoded,
                rateHz,
                header.channels(),
                bitsPerSample,
                info.sampleRateHz(),
                info.channels(),
                info.bitsPerSample()));
  }

  private UnreadableAudioException nothingDecoded() {
    if (info.totalSamples() == 0) {
      return new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA, "There are no frames behind the metadata.");
    }
    return new UnreadableAudioException(
        RejectionReason.TRUNCATED,
        "STREAMINFO says %d samples; the file ends at byte %d, before the first frame."
            .formatted(info.totalSamples(), bits.position()));
  }

  /**
   * Where metadata is not followed by a frame, its length is wrong if a whole frame stands further
   * on; without any the file was cut.
   */
  private UnreadableAudioException misplacedFrames(UnreadableAudioException atFirst)
      throws IOException {
    long from = bits.position();
    while (!bits.atEnd() && bits.position() - from < SEARCH_BYTES) {
      try {
        bits.startChecksum();
        FlacFrameHeader header = FlacFrameHeader.read(bits);
        frame.decode(header, or(header.bitsPerSample(), info.bitsPerSample()));
        return new UnreadableAudioException(
            RejectionReason.BAD_HEADER,
            "%s A whole frame ends at byte %d: the length of a metadata block is wrong."
                .formatted(atFirst.getMessage(), bits.position()));
      } catch (UnreadableAudioException e) {
        // No frame here. Bits may be left over from one that looked like it.
        bits.alignToByte();
      }
    }
    return bits.atEnd()
        ? nothingDecoded()
        : new UnreadableAudioException(RejectionReason.BAD_HEADER, atFirst.getMessage());
  }

  private static int or(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }
}
