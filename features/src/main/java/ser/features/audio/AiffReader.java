package ser.features.audio;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * AIFF and AIFF-C files (Apple, "Audio Interchange File Format AIFF-C", 1991), uncompressed or
 * G.711. As for WAV, {@code COMM} must come before {@code SSND}.
 */
final class AiffReader implements ContainerReader {
  private static final int FORM_HEADER_BYTES = 12;
  private static final int COMM_BYTES = 18;
  private static final int COMPRESSED_COMM_BYTES = 22;
  private static final int SSND_HEADER_BYTES = 8;

  private record Common(AudioFormat format, SampleCoding coding, long frames) {}

  @Override
  public boolean recognises(Bytes head) {
    return head.has(0, "FORM") && (head.has(8, "AIFF") || head.has(8, "AIFC"));
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    boolean compressible = Bytes.bigEndian(in.peek(FORM_HEADER_BYTES)).has(8, "AIFC");
    in.skip(FORM_HEADER_BYTES);
    Chunks chunks = new Chunks(in, ByteOrder.BIG_ENDIAN);
    Common common = null;
    while (true) {
      Chunks.Chunk chunk = chunks.next();
      switch (chunk.name()) {
        case "COMM" -> common = common(chunks.body(chunk, COMPRESSED_COMM_BYTES), compressible);
        case "SSND" -> {
          if (common == null) {
            throw badHeader("The SSND chunk at byte %d comes before COMM.", chunk.start());
          }
          return samples(in, chunk, common);
        }
        default -> chunks.skip(chunk);
      }
    }
  }

  private static AudioStream samples(ForwardInput in, Chunks.Chunk chunk, Common common)
      throws IOException, UnreadableAudioException {
    byte[] header = new byte[SSND_HEADER_BYTES];
    if (in.readFully(header, 0, header.length) < header.length) {
      throw badHeader("The file ends inside the SSND chunk at byte %d.", chunk.start());
    }
    long offset = Bytes.bigEndian(header).u32(0);
    in.skip(offset);
    // The chunk may be longer than the samples, to fill a block.
    long inChunk = Math.max(chunk.size() - SSND_HEADER_BYTES - offset, 0);
    long inFrames = common.frames * common.format.channels() * common.coding.bytesPerSample();
    return new PcmStream(
        in, common.format, common.coding, Math.min(inChunk, inFrames), PcmStream.Trailer.IGNORED);
  }

  private static Common common(byte[] chunk, boolean compressible) throws UnreadableAudioException {
    if (chunk.length < (compressible ? COMPRESSED_COMM_BYTES : COMM_BYTES)) {
      throw badHeader("The COMM chunk has %d bytes.", chunk.length);
    }
    Bytes fields = Bytes.bigEndian(chunk);
    int channels = fields.u16(0);
    int bits = fields.u16(6);
    double rate = extended(fields.u16(8), fields.i64(10));
    if (channels < 1 || channels > WavFormat.MAX_CHANNELS || bits == 0) {
      throw badHeader("The COMM chunk says %d channels of %d bits.", channels, bits);
    }
    if (!(rate >= 1 && rate <= Integer.MAX_VALUE)) {
      throw badHeader("The COMM chunk says %s Hz.", rate);
    }
    SampleCoding coding = coding(compressible ? fields.name(18) : "NONE", bits);
    AudioFormat format = new AudioFormat("aiff", coding.codec(), (int) Math.round(rate), channels);
    return new Common(format, coding, fields.u32(2));
  }

  private static SampleCoding coding(String compression, int bits) throws UnreadableAudioException {
    int bytes = (bits + 7) / 8;
    boolean integers = bytes <= 4;
    return switch (compression) {
      case "NONE", "twos" ->
          integers ? signed(bytes, ByteOrder.BIG_ENDIAN) : unknown(compression, bits);
      case "sowt" -> integers ? signed(bytes, ByteOrder.LITTLE_ENDIAN) : unknown(compression, bits);
      case "raw " -> bytes == 1 ? SampleCoding.unsigned8() : unknown(compression, bits);
      case "in24" -> SampleCoding.signed(3, ByteOrder.BIG_ENDIAN);
      case "in32" -> SampleCoding.signed(4, ByteOrder.BIG_ENDIAN);
      case "fl32", "FL32" -> SampleCoding.float32(ByteOrder.BIG_ENDIAN);
      case "fl64", "FL64" -> SampleCoding.float64(ByteOrder.BIG_ENDIAN);
      case "alaw", "ALAW" -> SampleCoding.aLaw();
      case "ulaw", "ULAW" -> SampleCoding.muLaw();
      default -> unknown(compression, bits);
    };
  }

  private static SampleCoding signed(int bytes, ByteOrder order) {
    return bytes == 1 ? SampleCoding.signed8() : SampleCoding.signed(bytes, order);
  }

  private static SampleCoding unknown(String compression, int bits)
      throws UnreadableAudioException {
    throw new UnreadableAudioException(
        RejectionReason.UNSUPPORTED_CODEC,
        "The COMM chunk says compression '%s' of %d bits."
            .formatted(compression.replaceAll("[^\\x20-\\x7E]", "?"), bits));
  }

  /** IEEE 754 extended precision: sign and exponent, then a mantissa with its leading 1. */
  private static double extended(int signAndExponent, long mantissa) {
    double magnitude = (mantissa >>> 1) * 2.0 + (mantissa & 1);
    double value = magnitude * Math.pow(2, (signAndExponent & 0x7FFF) - 16383 - 63);
    return signAndExponent >> 15 != 0 ? -value : value;
  }

  private static UnreadableAudioException badHeader(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.BAD_HEADER, detail.formatted(values));
  }
}
