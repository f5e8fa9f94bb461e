package ser.features.audio;

import java.util.Optional;

/**
 * What the first frame of an MP3 file says of the whole, where an encoder wrote it there instead of
 * samples: the headers of Xing, LAME ("Info") and Fraunhofer ("VBRI").
 *
 * @param frames frames behind this one; {@link #UNKNOWN} if it does not say
 * @param delay samples that the encoder put before the recording, 0 if it does not say
 * @param padding samples that it put behind, 0 if it does not say
 */
record Mp3Info(long frames, int delay, int padding) {
  static final long UNKNOWN = -1;

  /** Samples by which any decoder of layer III is late. */
  private static final int DECODER_DELAY = 529;

  private static final int VBRI_AT = 36;
  private static final int HAS_FRAMES = 1;
  private static final int HAS_BYTES = 2;
  private static final int HAS_SEEK_TABLE = 4;
  private static final int HAS_QUALITY = 8;
  private static final int SEEK_TABLE_BYTES = 100;
  private static final int GAPLESS_AT = 21;

  /**
   * @param frame the whole first frame
   */
  static Optional<Mp3Info> in(Bytes frame, MpegHeader header) {
    // Writers leave room for a checksum in no case.
    int at = MpegHeader.BYTES + header.sideBytes();
    if (frame.has(at, "Xing") || frame.has(at, "Info")) {
      return Optional.of(xing(frame, at));
    }
    if (frame.has(VBRI_AT, "VBRI")) {
      boolean whole = frame.length() >= VBRI_AT + 18;
      return Optional.of(new Mp3Info(whole ? frame.u32(VBRI_AT + 14) : UNKNOWN, 0, 0));
    }
    return Optional.empty();
  }

  private static Mp3Info xing(Bytes frame, int at) {
    if (frame.length() < at + 12) {
      return new Mp3Info(UNKNOWN, 0, 0);
    }
    long flags = frame.u32(at + 4);
    boolean counted = (flags & HAS_FRAMES) != 0;
    int next =
        at
            + 8
            + (counted ? 4 : 0)
            + ((flags & HAS_BYTES) != 0 ? 4 : 0)
            + ((flags & HAS_SEEK_TABLE) != 0 ? SEEK_TABLE_BYTES : 0)
            + ((flags & HAS_QUALITY) != 0 ? 4 : 0);
    long frames = counted ? frame.u32(at + 8) : UNKNOWN;
    boolean gapless = frame.has(next, "LAME") || frame.has(next, "Lav");
    if (!gapless || frame.length() < next + GAPLESS_AT + 3) {
      return new Mp3Info(frames, 0, 0);
    }
    int delay = frame.u16(next + GAPLESS_AT) >> 4;
    int padding = frame.u16(next + GAPLESS_AT + 1) & 0xFFF;
    return new Mp3Info(frames, delay, padding);
  }

  /** Whether it says that there is no frame, though it stands in front of frames. */
  boolean lies() {
    return frames == 0;
  }

  /** Decoded samples to drop at the start. */
  int start() {
    return delay == 0 && padding == 0 ? 0 : delay + DECODER_DELAY;
  }

  /**
   * The decoded sample from which on the encoder's padding stands; {@link Long#MAX_VALUE} if there
   * is none. A tag that would leave nothing between start and end is not believed.
   */
  long end(int samplesPerFrame) {
    long end = frames * samplesPerFrame - Math.max(padding - DECODER_DELAY, 0);
    return frames > 0 && end > start() ? end : Long.MAX_VALUE;
  }
}
