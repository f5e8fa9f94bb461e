package ser.features.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two recordings hold the same audio, whatever files they stand in. */
public final class AudioHash {
  private static final int BLOCK_SAMPLES = 1 << 14;

  private AudioHash() {}

  /**
   * SHA-256 of the samples as little-endian 32-bit floats, followed by the sample rate in Hz as a
   * little-endian 32-bit integer.
   *
   * @param clip mono, at the source's rate: before any resampling
   * @return 64 lower-case hexadecimal digits
   */
  public static String of(Clip clip) {
    MessageDigest digest = sha256();
    ByteBuffer bytes =
        ByteBuffer.allocate(BLOCK_SAMPLES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = clip.samples();
    for (int from = 0; from < samples.length; from += BLOCK_SAMPLES) {
      int count = Math.min(BLOCK_SAMPLES, samples.length - from);
      bytes.clear();
      bytes.asFloatBuffer().put(samples, from, count);
      digest.update(bytes.limit(count * Float.BYTES));
    }
    digest.update(bytes.clear().putInt(clip.sampleRateHz()).flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
