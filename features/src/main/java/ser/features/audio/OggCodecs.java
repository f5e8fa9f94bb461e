package ser.features.audio;

import java.util.List;

/** How the first packet of an Ogg stream names its codec. */
final class OggCodecs {
  static final String VORBIS = "\u0001vorbis";
  static final String OPUS = "OpusHead";
  static final String FLAC = "\u007FFLAC";

  private static final List<String> AUDIO = List.of(VORBIS, OPUS, FLAC, "Speex   ");

  private OggCodecs() {}

  static boolean isAudio(byte[] packet) {
    Bytes bytes = Bytes.bigEndian(packet);
    return AUDIO.stream().anyMatch(name -> bytes.has(0, name));
  }

  /** The first characters, for a message. */
  static String nameOf(byte[] packet) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(8, packet.length); i++) {
      char letter = (char) (packet[i] & 0xFF);
      name.append(letter > ' ' && letter < 0x7F ? letter : "");
    }
    return name.toString();
  }
}
