package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** FLAC in Ogg: its packets, put together, are a native FLAC file behind a short prefix. */
final class OggFlacStream implements AudioStream {
  private final OggPackets packets;
  private final AudioStream flac;

  private OggFlacStream(OggPackets packets, AudioStream flac) {
    this.packets = packets;
    this.flac = flac;
  }

  /**
   * @param first the first packet
   * @param prefixBytes what is to be left out of it
   */
  static OggFlacStream open(OggPackets packets, byte[] first, int prefixBytes)
      throws IOException, UnreadableAudioException {
    ForwardInput file = new ForwardInput(new Payload(packets, first, prefixBytes));
    FlacReader reader = new FlacReader();
    if (!reader.recognises(Bytes.bigEndian(file.peek(ContainerReader.HEAD_BYTES)))) {
      throw new UnreadableAudioException(
          RejectionReason.BAD_HEADER, "The first packet of FLAC in Ogg holds no FLAC header.");
    }
    return new OggFlacStream(packets, reader.open(file));
  }

  @Override
  public AudioFormat format() {
    AudioFormat format = flac.format();
    return new AudioFormat("ogg", format.codec(), format.sampleRateHz(), format.channels());
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    int count = flac.read(interleaved);
    if (count < 0) {
      OggStream.requireOneStream(packets);
    }
    return count;
  }

  @Override
  public Optional<RejectionReason> defect() {
    return flac.defect().or(packets::defect);
  }

  @Override
  public void close() throws IOException {
    packets.close();
  }

  /** The packets as one stream of bytes. */
  private static final class Payload extends InputStream {
    private final OggPackets packets;
    private byte[] part;
    private int next;

    private Payload(OggPackets packets, byte[] first, int from) {
      this.packets = packets;
      this.part = first;
      this.next = from;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (next == part.length) {
        // Not packet by packet: one with a picture may hold 16 MB.
        Optional<byte[]> following = packets.bytes();
        if (following.isEmpty()) {
          return -1;
        }
        part = following.get();
        next = 0;
      }
      int count = Math.min(length, part.length - next);
      System.arraycopy(part, next, target, offset, count);
      next += count;
      return count;
    }
  }
}
