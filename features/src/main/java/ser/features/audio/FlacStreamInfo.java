package ser.features.audio;

/**
 * The first metadata block of a FLAC file (RFC 9639, section 8.2).
 *
 * @param maxBlockSize samples per channel in the largest frame; 0 if the encoder left it open
 * @param totalSamples samples per channel; 0 if unknown
 */
record FlacStreamInfo(
    int maxBlockSize, int sampleRateHz, int channels, int bitsPerSample, long totalSamples) {
  static final int BYTES = 34;

  static FlacStreamInfo parse(byte[] block) throws UnreadableAudioException {
    Bytes fields = Bytes.bigEndian(block);
    long packed = fields.i64(10);
    FlacStreamInfo info =
        new FlacStreamInfo(
            fields.u16(2),
            (int) (packed >>> 44),
            (int) (packed >>> 41 & 7) + 1,
            (int) (packed >>> 36 & 31) + 1,
            packed & 0xF_FFFF_FFFFL);
    if (info.sampleRateHz == 0 || info.bitsPerSample < 4) {
      throw new UnreadableAudioException(
          RejectionReason.BAD_HEADER,
          "STREAMINFO says %d Hz and %d bits per sample."
              .formatted(info.sampleRateHz, info.bitsPerSample));
    }
    return info;
  }
}
