package ser.features.audio;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The parts of a RIFF or IFF file: a name of four characters, a size, the content, and a pad byte
 * behind an odd size. Passing over a part reads it, so a size that lies ends at the end of the
 * file.
 */
final class Chunks {
  static final int HEADER_BYTES = 8;

  private final ForwardInput in;
  private final ByteOrder order;

  Chunks(ForwardInput in, ByteOrder order) {
    this.in = in;
    this.order = order;
  }

  /**
   * A chunk whose content comes next.
   *
   * @param start offset of its header in the file
   * @param size bytes of its content, by its header
   */
  record Chunk(String name, long start, long size) {}

  /**
   * Reads the next header.
   *
   * @throws UnreadableAudioException if the file ends: there was no chunk with samples
   */
  Chunk next() throws IOException, UnreadableAudioException {
    long start = in.position();
    byte[] header = new byte[HEADER_BYTES];
    int got = in.readFully(header, 0, header.length);
    if (got == 0) {
      throw new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA,
          "The file ends after %d bytes without a chunk of samples.".formatted(start));
    }
    if (got < header.length) {
      throw new UnreadableAudioException(
          RejectionReason.BAD_HEADER,
          "The file ends inside the chunk header at byte %d.".formatted(start));
    }
    Bytes fields = Bytes.in(order, header);
    return new Chunk(fields.name(0), start, fields.u32(4));
  }

  /** The content's first bytes, at most {@code limit}; the rest is passed over. */
  byte[] body(Chunk chunk, int limit) throws IOException, UnreadableAudioException {
    byte[] kept = new byte[(int) Math.min(limit, chunk.size())];
    int got = in.readFully(kept, 0, kept.length);
    long present = got + in.skip(chunk.size() - kept.length);
    if (present < chunk.size()) {
      throw new UnreadableAudioException(
          RejectionReason.BAD_HEADER,
          "The chunk '%s' at byte %d claims %d bytes; the file ends after %d of them."
              .formatted(
                  chunk.name().replaceAll("[^\\x20-\\x7E]", "?"),
                  chunk.start(),
                  chunk.size(),
                  present));
    }
    in.skip(chunk.size() & 1);
    return kept;
  }

  void skip(Chunk chunk) throws IOException, UnreadableAudioException {
    body(chunk, 0);
  }
}
