package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/** GSM 06.10 speech, as it stands in WAV files and in files of bare frames. */
final class GsmStream implements AudioStream {
  private static final int BARE_RATE_HZ = 8_000;

  private final ForwardInput in;
  private final AudioFormat format;
  private final byte[] packed;
  private final long claimedBytes;
  private final GsmDecoder decoder = new GsmDecoder();
  private final DecodedBlock block = new DecodedBlock(1);
  private long doneBytes;
  private boolean ended;
  private Optional<RejectionReason> defect = Optional.empty();

  private GsmStream(ForwardInput in, AudioFormat format, int packedBytes, long claimedBytes) {
    this.in = in;
    this.format = format;
    this.packed = new byte[packedBytes];
    this.claimedBytes = claimedBytes;
  }

  /** Bare frames to the end of the file; by definition of 8 kHz. */
  static GsmStream raw(ForwardInput in) {
    AudioFormat format = new AudioFormat("gsm", "gsm", BARE_RATE_HZ, 1);
    return new GsmStream(in, format, GsmDecoder.FRAME_BYTES, PcmStream.TO_THE_END);
  }

  /**
   * The samples of a WAV file, two frames a block.
   *
   * @param claimedBytes size by the header, or {@link PcmStream#TO_THE_END}
   */
  static GsmStream wav(ForwardInput in, int rateHz, long claimedBytes) {
    AudioFormat format = new AudioFormat("wav", "gsm_ms", rateHz, 1);
    return new GsmStream(in, format, GsmDecoder.PAIR_BYTES, claimedBytes);
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    if (!ended && block.isEmpty()) {
      readBlock();
    }
    return block.isEmpty() ? -1 : block.drain(interleaved);
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readBlock() throws IOException, UnreadableAudioException {
    int wanted = (int) Math.min(packed.length, claimedBytes - doneBytes);
    int got = in.readFully(packed, 0, wanted);
    if (got < packed.length) {
      end(got > 0 || got < wanted && claimedBytes != PcmStream.TO_THE_END);
      return;
    }
    boolean pair = packed.length == GsmDecoder.PAIR_BYTES;
    if (!pair && (packed[0] & 0xFF) >> 4 != GsmDecoder.SIGNATURE) {
      defect = Optional.of(RejectionReason.CORRUPT_FRAME);
      end(false);
      return;
    }
    doneBytes += got;
    int frames = pair ? 2 : 1;
    float[] samples = block.room(frames * GsmDecoder.FRAME_SAMPLES);
    PackedBits bits = pair ? PackedBits.lowestFirst(packed, 0) : PackedBits.highestFirst(packed, 4);
    for (int frame = 0; frame < frames; frame++) {
      decoder.decode(bits, samples, frame * GsmDecoder.FRAME_SAMPLES);
    }
    block.offer(0, frames * GsmDecoder.FRAME_SAMPLES);
  }

  private void end(boolean cut) throws UnreadableAudioException {
    ended = true;
    if (cut) {
      defect = Optional.of(RejectionReason.TRUNCATED);
    }
    if (doneBytes == 0) {
      throw new UnreadableAudioException(
          defect.orElse(RejectionReason.NO_AUDIO_DATA),
          "The file ends before the first whole block of %d bytes.".formatted(packed.length));
    }
  }
}
