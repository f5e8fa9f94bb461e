package ser.features.audio;

import java.io.IOException;
import java.nio.ByteOrder;

/** AU files (Sun, NeXT): a header of six numbers, then samples in big-endian order. */
final class AuReader implements ContainerReader {
  private static final int HEADER_BYTES = 24;
  private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;

  @Override
  public boolean recognises(Bytes head) {
    return head.has(0, ".snd");
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    Bytes header = Bytes.bigEndian(in.peek(HEADER_BYTES));
    if (header.length() < HEADER_BYTES) {
      throw badHeader("The file ends after %d bytes, inside the AU header.", header.length());
    }
    long dataStart = header.u32(4);
    long size = header.u32(8);
    long rate = header.u32(16);
    long channels = header.u32(20);
    if (channels < 1 || channels > WavFormat.MAX_CHANNELS || rate < 1 || rate > Integer.MAX_VALUE) {
      throw badHeader("The AU header says %d channels at %d Hz.", channels, rate);
    }
    if (dataStart < HEADER_BYTES || in.skip(dataStart) < dataStart) {
      throw badHeader("The AU header says that samples begin at byte %d.", dataStart);
    }
    SampleCoding coding = coding(header.u32(12));
    AudioFormat format = new AudioFormat("au", coding.codec(), (int) rate, (int) channels);
    long dataBytes = size == UNKNOWN_SIZE ? PcmStream.TO_THE_END : size;
    return new PcmStream(in, format, coding, dataBytes, PcmStream.Trailer.IGNORED);
  }

  private static SampleCoding coding(long encoding) throws UnreadableAudioException {
    return switch ((int) encoding) {
      case 1 -> SampleCoding.muLaw();
      case 2 -> SampleCoding.signed8();
      case 3 -> SampleCoding.signed(2, ByteOrder.BIG_ENDIAN);
      case 4 -> SampleCoding.signed(3, ByteOrder.BIG_ENDIAN);
      case 5 -> SampleCoding.signed(4, ByteOrder.BIG_ENDIAN);
      case 6 -> SampleCoding.float32(ByteOrder.BIG_ENDIAN);
      case 7 -> SampleCoding.float64(ByteOrder.BIG_ENDIAN);
      case 27 -> SampleCoding.aLaw();
      default ->
          throw new UnreadableAudioException(
              RejectionReason.UNSUPPORTED_CODEC,
              "The AU header says encoding %d.".formatted(encoding));
    };
  }

  private static UnreadableAudioException badHeader(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.BAD_HEADER, detail.formatted(values));
  }
}
