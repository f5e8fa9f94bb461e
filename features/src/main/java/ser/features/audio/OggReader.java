package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/** Ogg files (RFC 3533) of Vorbis, Opus and FLAC. Tags are passed over unread. */
final class OggReader implements ContainerReader {
  /** In front of a native FLAC file's beginning: name, version and number of header packets. */
  private static final int FLAC_PREFIX_BYTES = 9;

  @Override
  public boolean recognises(Bytes head) {
    return head.has(0, "OggS");
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    OggPackets packets = OggPackets.open(in);
    byte[] first = header(packets, "identification");
    Bytes name = Bytes.bigEndian(first);
    if (name.has(0, OggCodecs.VORBIS)) {
      VorbisIdentification identification = VorbisIdentification.parse(first);
      passOver(packets, "comment");
      byte[] setup = header(packets, "setup");
      VorbisSetup.check(setup, identification);
      return new OggStream(
          packets, identification.format(), new VorbisCodec(identification, first, setup), 0);
    }
    if (name.has(0, OggCodecs.OPUS)) {
      OpusHead head = OpusHead.parse(first);
      passOver(packets, "comment");
      return new OggStream(packets, head.format(), new OpusCodec(head), head.preSkip());
    }
    if (name.has(0, OggCodecs.FLAC) && first.length > FLAC_PREFIX_BYTES) {
      return OggFlacStream.open(packets, first, FLAC_PREFIX_BYTES);
    }
    throw new UnreadableAudioException(
        RejectionReason.UNSUPPORTED_CODEC,
        "This is an Ogg file of '%s', which is not read.".formatted(OggCodecs.nameOf(first)));
  }

  private static byte[] header(OggPackets packets, String which)
      throws IOException, UnreadableAudioException {
    Optional<OggPackets.Packet> packet = packets.next();
    if (packet.isEmpty()) {
      throw without(packets, which);
    }
    return packet.get().bytes();
  }

  private static void passOver(OggPackets packets, String which)
      throws IOException, UnreadableAudioException {
    if (!packets.skip()) {
      throw without(packets, which);
    }
  }

  private static UnreadableAudioException without(OggPackets packets, String which) {
    boolean cut = packets.defect().equals(Optional.of(RejectionReason.TRUNCATED));
    return new UnreadableAudioException(
        cut ? RejectionReason.TRUNCATED : RejectionReason.BAD_HEADER,
        "The Ogg stream ends before its %s packet.".formatted(which));
  }
}
