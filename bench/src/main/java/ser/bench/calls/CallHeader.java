package ser.bench.calls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ser.features.augment.CompandingLaw;

/**
 * The header of a stereo file of G.711, whose length is known before it is written.
 *
 * <p>RIFF/WAVE with a {@code fact} chunk; RF64 (EBU Tech 3306) where the file would reach 4 GiB,
 * which is what the sizes of RIFF can say.
 */
final class CallHeader {
  /** Of a frame: one byte a channel. */
  static final int FRAME_BYTES = 2;

  private static final int FMT_BYTES = 18;
  private static final int DS64_BYTES = 28;
  private static final int MOST_BYTES = 128;
  private static final long RIFF_LIMIT = 1L << 32;

  /** In RF64: look into ds64. */
  private static final int ELSEWHERE = -1;

  private CallHeader() {}

  /**
   * @param frames of the recording, not negative
   * @param rateHz above 0
   */
  static byte[] of(long frames, int rateHz, CompandingLaw law) {
    long dataBytes = FRAME_BYTES * frames;
    // "WAVE" and the chunks fmt, fact and data with their headers.
    long riffBytes = 4 + (8 + FMT_BYTES) + (8 + 4) + 8 + dataBytes;
    boolean rf64 = riffBytes + 8 >= RIFF_LIMIT;
    ByteBuffer header = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii(rf64 ? "RF64" : "RIFF")).putInt(rf64 ? ELSEWHERE : (int) riffBytes);
    header.put(ascii("WAVE"));
    if (rf64) {
      header.put(ascii("ds64")).putInt(DS64_BYTES);
      header.putLong(riffBytes + 8 + DS64_BYTES).putLong(dataBytes).putLong(frames).putInt(0);
    }
    header.put(ascii("fmt ")).putInt(FMT_BYTES);
    header.putShort((short) (law == CompandingLaw.A_LAW ? 6 : 7)).putShort((short) FRAME_BYTES);
    header.putInt(rateHz).putInt(FRAME_BYTES * rateHz);
    header.putShort((short) FRAME_BYTES).putShort((short) 8).putShort((short) 0);
    header.put(ascii("fact")).putInt(4).putInt((int) Math.min(frames, RIFF_LIMIT - 1));
    header.put(ascii("data")).putInt(rf64 ? ELSEWHERE : (int) dataBytes);
    return Arrays.copyOf(header.array(), header.position());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
