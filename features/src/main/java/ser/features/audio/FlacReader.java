package ser.features.audio;

import java.io.IOException;

/** FLAC files, by RFC 9639. Of the metadata only STREAMINFO is looked at. */
final class FlacReader implements ContainerReader {
  private static final int BLOCK_HEADER_BYTES = 4;
  private static final int STREAMINFO = 0;
  private static final int FORBIDDEN = 127;

  @Override
  public boolean recognises(Bytes head) {
    return head.has(0, "fLaC");
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    in.skip(4);
    FlacStreamInfo info = null;
    boolean last = false;
    while (!last) {
      long start = in.position();
      byte[] bytes = new byte[BLOCK_HEADER_BYTES];
      if (in.readFully(bytes, 0, bytes.length) < bytes.length) {
        throw badHeader("The file ends inside the metadata, at byte %d.", in.position());
      }
      long header = Bytes.bigEndian(bytes).u32(0);
      last = header >>> 31 != 0;
      int type = (int) (header >>> 24 & 0x7F);
      int length = (int) (header & 0xFF_FFFF);
      if (info == null) {
        info = streamInfo(in, type, length);
        continue;
      }
      if (type == FORBIDDEN || type == STREAMINFO) {
        throw badHeader("There is a metadata block of type %d at byte %d.", type, start);
      }
      // Tags may be damaged inside without harm: they are not read.
      long present = in.skip(length);
      if (present < length) {
        throw badHeader(
            "The metadata block at byte %d claims %d bytes; the file ends after %d of them.",
            start, length, present);
      }
    }
    return new FlacStream(in, info);
  }

  private static FlacStreamInfo streamInfo(ForwardInput in, int type, int length)
      throws IOException, UnreadableAudioException {
    if (type != STREAMINFO || length != FlacStreamInfo.BYTES) {
      throw badHeader(
          "The first metadata block has type %d and %d bytes; STREAMINFO has type 0 and 34.",
          type, length);
    }
    byte[] block = new byte[FlacStreamInfo.BYTES];
    if (in.readFully(block, 0, block.length) < block.length) {
      throw badHeader("The file ends inside STREAMINFO, at byte %d.", in.position());
    }
    return FlacStreamInfo.parse(block);
  }

  private static UnreadableAudioException badHeader(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.BAD_HEADER, detail.formatted(values));
  }
}
