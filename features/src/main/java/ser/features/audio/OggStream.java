package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * Samples of a codec's packets in an Ogg file. What the encoder put before and behind the recording
 * is taken off: by the number that the header says at the start, and by the last page's position at
 * the end.
 */
final class OggStream implements AudioStream {
  private final OggPackets packets;
  private final AudioFormat format;
  private final PacketCodec codec;
  private final int preSkip;
  private final DecodedBlock block;
  private final Defects defects = new Defects();

  /** Position of the first sample: not 0 in a stream that was cut out of a longer one. */
  private long origin;

  private boolean originKnown;
  private long decoded;
  private long offered;
  private boolean ended;

  /**
   * @param packets stands at the first packet of samples
   * @param preSkip sample frames to drop at the start
   */
  OggStream(OggPackets packets, AudioFormat format, PacketCodec codec, int preSkip) {
    this.packets = packets;
    this.format = format;
    this.codec = codec;
    this.preSkip = preSkip;
    this.block = new DecodedBlock(format.channels());
  }

  /**
   * @throws UnreadableAudioException if a second recording follows the first
   */
  static void requireOneStream(OggPackets packets) throws UnreadableAudioException {
    if (packets.defect().equals(Optional.of(RejectionReason.STREAM_CHANGES))) {
      throw new UnreadableAudioException(
          RejectionReason.STREAM_CHANGES, "Another Ogg stream follows the end of the first.");
    }
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    while (!ended && block.isEmpty()) {
      Optional<OggPackets.Packet> packet = packets.next();
      if (packet.isEmpty()) {
        packets.defect().ifPresent(defects::add);
        requireOneStream(packets);
        end();
      } else {
        decode(packet.get());
      }
    }
    return block.isEmpty() ? -1 : block.drain(interleaved);
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defects.first();
  }

  @Override
  public void close() throws IOException {
    packets.close();
  }

  private void decode(OggPackets.Packet packet) throws UnreadableAudioException {
    int count = codec.decode(packet.bytes(), block);
    if (count == PacketCodec.UNDECODABLE) {
      defects.add(RejectionReason.CORRUPT_FRAME);
      end();
      return;
    }
    int from = (int) Math.max(0, Math.min(count, preSkip - decoded));
    long left = packet.end() == Long.MAX_VALUE ? count : packet.end() - origin - decoded;
    int to = (int) Math.max(from, Math.min(count, left));
    block.offer(from, to);
    offered += to - from;
    decoded += count;
    if (!originKnown && packet.granule() >= 0) {
      originKnown = true;
      origin = Math.max(0, packet.granule() - decoded);
    }
  }

  private void end() throws UnreadableAudioException {
    ended = true;
    if (offered == 0) {
      throw new UnreadableAudioException(
          defects.first().orElse(RejectionReason.NO_AUDIO_DATA),
          "The Ogg stream ends before its first sample.");
    }
  }
}
