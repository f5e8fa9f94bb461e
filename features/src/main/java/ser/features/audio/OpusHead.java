package ser.features.audio;

/**
 * The first packet of Opus in Ogg (RFC 7845).
 *
 * @param channels 1 or 2
 * @param preSkip sample frames at 48 kHz to drop at the start
 * @param gain to multiply samples with
 */
record OpusHead(int channels, int preSkip, float gain) {
  /** Opus is always decoded at this rate; the rate in its header is that of the encoder's input. */
  static final int RATE_HZ = 48_000;

  private static final int BYTES = 19;

  static OpusHead parse(byte[] packet) throws UnreadableAudioException {
    Bytes fields = Bytes.littleEndian(packet);
    if (fields.length() < BYTES || fields.u8(8) >> 4 != 0 || fields.u8(9) == 0) {
      throw new UnreadableAudioException(
          RejectionReason.BAD_HEADER,
          "The Opus header has %d bytes, or an unknown version, or no channels."
              .formatted(packet.length));
    }
    int channels = fields.u8(9);
    int family = fields.u8(18);
    if (family != 0 || channels > 2) {
      throw new UnreadableAudioException(
          RejectionReason.UNSUPPORTED_CODEC,
          "The Opus header says %d channels of mapping family %d; read are 1 and 2 of family 0."
              .formatted(channels, family));
    }
    // In 256ths of a decibel.
    double gain = Math.pow(10, (short) fields.u16(16) / (20.0 * 256));
    return new OpusHead(channels, fields.u16(10), (float) gain);
  }

  AudioFormat format() {
    return new AudioFormat("ogg", "opus", RATE_HZ, channels);
  }
}
