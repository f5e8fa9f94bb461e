package ser.features.audio;

/**
 * The first packet of Vorbis (Vorbis I specification, 4.2.2).
 *
 * @param channels 1 to {@link #MAX_CHANNELS}
 * @param longBlock samples of the longer of the two block sizes
 */
record VorbisIdentification(int sampleRateHz, int channels, int longBlock) {
  /** The specification gives meanings to this many. */
  private static final int MAX_CHANNELS = 8;

  private static final int BYTES = 30;
  private static final int SMALLEST_BLOCK_LOG = 6;
  private static final int LARGEST_BLOCK_LOG = 13;

  static VorbisIdentification parse(byte[] packet) throws UnreadableAudioException {
    Bytes fields = Bytes.littleEndian(packet);
    if (fields.length() < BYTES) {
      throw badHeader("has %d bytes, it needs 30", packet.length);
    }
    int channels = fields.u8(11);
    long rate = fields.u32(12);
    int shortLog = fields.u8(28) & 0xF;
    int longLog = fields.u8(28) >> 4;
    if (fields.u32(7) != 0 || channels == 0 || rate < 1 || rate > Integer.MAX_VALUE) {
      throw badHeader("says version %d, %d channels, %d Hz", fields.u32(7), channels, rate);
    }
    if (shortLog < SMALLEST_BLOCK_LOG || longLog < shortLog || longLog > LARGEST_BLOCK_LOG) {
      throw badHeader("says blocks of 2^%d and 2^%d samples", shortLog, longLog);
    }
    if (channels > MAX_CHANNELS) {
      throw new UnreadableAudioException(
          RejectionReason.UNSUPPORTED_CODEC,
          "The Vorbis header says %d channels; read are up to %d."
              .formatted(channels, MAX_CHANNELS));
    }
    return new VorbisIdentification((int) rate, channels, 1 << longLog);
  }

  AudioFormat format() {
    return new AudioFormat("ogg", "vorbis", sampleRateHz, channels);
  }

  private static UnreadableAudioException badHeader(String found, Object... values) {
    return new UnreadableAudioException(
        RejectionReason.BAD_HEADER,
        "The identification packet of Vorbis %s.".formatted(found.formatted(values)));
  }
}
