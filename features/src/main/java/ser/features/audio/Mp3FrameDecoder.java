package ser.features.audio;

import java.io.InputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.MP3Decoder;
import javazoom.jl.decoder.OutputBuffer;

/**
 * Samples of layer III frames, by JLayer. It is given one frame at a time, so that it never looks
 * for the next one by itself.
 */
final class Mp3FrameDecoder {
  /** What JLayer multiplies full scale with. */
  private static final float FULL_SCALE = 32_700;

  /** Encoded speech overshoots full scale a little; ten times beyond it, bits were read wrong. */
  private static final float LOUDEST = 10;

  static {
    // JLayer builds its shared tables when they are first used, without a lock. Here they are built
    // once, before any thread gets a decoder: class initialisation is one thread's.
    new Mp3FrameDecoder().decode(silentFrame(), new float[2 * 1152]);
  }

  private final OneFrame frame = new OneFrame();
  private final MP3Decoder decoder = new CorrectedMp3Decoder();
  private Bitstream bits;
  private Target target;

  /**
   * Decodes the next frame of a stream.
   *
   * @param samples receives fractions of full scale, interleaved; zeros where the frame refers to
   *     earlier ones that are missing
   * @return whether the frame could be decoded
   */
  boolean decode(byte[] bytes, float[] samples) {
    Arrays.fill(samples, 0);
    frame.offer(bytes);
    try {
      if (bits == null) {
        bits = new Bitstream(frame);
      }
      Header header = bits.readFrame();
      if (header == null) {
        return false;
      }
      if (target == null) {
        target = new Target(header.mode() == Header.SINGLE_CHANNEL ? 1 : 2);
        decoder.setOutputBuffer(target);
      }
      target.fill(samples);
      decoder.decodeFrame(header, bits);
      bits.closeFrame();
      return plausible(samples);
    } catch (JavaLayerException | RuntimeException e) {
      // JLayer trusts its input: a damaged frame sends it past the end of its arrays.
      Arrays.fill(samples, 0);
      return false;
    }
  }

  private static boolean plausible(float[] samples) {
    for (float sample : samples) {
      if (!(Math.abs(sample) <= LOUDEST)) {
        Arrays.fill(samples, 0);
        return false;
      }
    }
    return true;
  }

  /** MPEG-1, layer III, 32 kbit/s, 44.1 kHz, stereo: 104 bytes. */
  private static byte[] silentFrame() {
    byte[] silence = new byte[104];
    silence[0] = (byte) 0xFF;
    silence[1] = (byte) 0xFB;
    silence[2] = 0x10;
    return silence;
  }

  /** Says that it ends after each frame, and then goes on. */
  private static final class OneFrame extends InputStream {
    private byte[] bytes = new byte[0];
    private int next;

    void offer(byte[] frame) {
      bytes = frame;
      next = 0;
    }

    @Override
    public int read() {
      return next < bytes.length ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (next == bytes.length) {
        return -1;
      }
      int count = Math.min(length, bytes.length - next);
      System.arraycopy(bytes, next, target, offset, count);
      next += count;
      return count;
    }
  }

  /** Takes samples before they would be cut to 16 bits. */
  private static final class Target extends OutputBuffer {
    private final int channels;
    private final int[] next = new int[2];
    private float[] samples = new float[0];

    private Target(int channels) {
      super(channels, false);
      this.channels = channels;
    }

    void fill(float[] frame) {
      samples = frame;
      next[0] = 0;
      next[1] = 1;
    }

    @Override
    public void appendSamples(int channel, float[] block) {
      for (float sample : block) {
        samples[next[channel]] = sample / FULL_SCALE;
        next[channel] += channels;
      }
    }
  }
}
