package ser.features.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes mono WAV files of 16-bit PCM. */
public final class WavWriter {
  private static final int HEADER_BYTES = 44;
  private static final int FULL_SCALE = 1 << 15;

  private WavWriter() {}

  /**
   * Writes a whole file. What {@link AudioReader} reads back differs by half a step at most.
   *
   * @param clip at most 2^30 samples; values outside full scale are clipped
   * @param out not closed
   */
  public static void write(Clip clip, OutputStream out) throws IOException {
    float[] samples = clip.samples();
    if (samples.length > 1 << 30) {
      throw new IllegalArgumentException(
          "%d samples do not fit a WAV file of 16 bits".formatted(samples.length));
    }
    out.write(header(samples.length, clip.sampleRateHz()));
    ByteBuffer block = littleEndian(1 << 14);
    for (float sample : samples) {
      long rounded = Math.round((double) sample * FULL_SCALE);
      block.putShort((short) Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, rounded)));
      if (!block.hasRemaining()) {
        out.write(block.array());
        block.clear();
      }
    }
    out.write(block.array(), 0, block.position());
  }

  private static byte[] header(int samples, int rateHz) {
    int dataBytes = 2 * samples;
    return littleEndian(HEADER_BYTES)
        .put(ascii("RIFF"))
        .putInt(HEADER_BYTES - 8 + dataBytes)
        .put(ascii("WAVEfmt "))
        .putInt(16)
        .putShort((short) 1) // PCM
        .putShort((short) 1) // channels
        .putInt(rateHz)
        .putInt(2 * rateHz)
        .putShort((short) 2)
        .putShort((short) 16)
        .put(ascii("data"))
        .putInt(dataBytes)
        .array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
