package ser.features.audio;

import java.util.Arrays;

/**
 * GSM 06.10 full-rate speech (ETSI EN 300 961): frames of 260 bits to 160 samples of 8 kHz. The
 * arithmetic is that of the standard, in 16 bits with saturation, so any two decoders agree in
 * every bit. Names are the standard's.
 */
final class GsmDecoder {
  static final int FRAME_SAMPLES = 160;

  /** A frame of its own: four bits of signature, then the fields, highest bit first. */
  static final int FRAME_BYTES = 33;

  /** The first four bits of each such frame. */
  static final int SIGNATURE = 0xD;

  /** Microsoft's packing: two frames without signature, lowest bit first. */
  static final int PAIR_BYTES = 65;

  private static final int SUBFRAMES = 4;
  private static final int SUBFRAME_SAMPLES = 40;
  private static final int PULSES = 13;
  private static final int LONGEST_LAG = 120;
  private static final int[] LAR_BITS = {6, 6, 5, 5, 4, 4, 3, 3};
  private static final int[] LAR_OFFSET = {0, 0, 2048, -2560, 94, -1792, -341, -1144};
  private static final int[] LAR_LOWEST = {-32, -32, -16, -16, -8, -8, -4, -4};
  private static final int[] LAR_SCALE = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};
  private static final int[] PULSE_SCALE = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};
  private static final int[] LAG_GAIN = {3277, 11469, 21299, 32767};
  private static final int DE_EMPHASIS = 28180;

  private final int[] larPrevious = new int[8];
  private final int[] lar = new int[8];
  private final int[] reflection = new int[8];
  private final int[] residual = new int[LONGEST_LAG + SUBFRAME_SAMPLES];
  private final int[] excitation = new int[FRAME_SAMPLES];
  private final int[] v = new int[9];
  private int lag = SUBFRAME_SAMPLES;
  private int emphasis;

  /**
   * Decodes one frame whose first field is next in the bits.
   *
   * @param samples receives {@link #FRAME_SAMPLES} fractions of full scale from {@code at}
   */
  void decode(PackedBits bits, float[] samples, int at) {
    System.arraycopy(lar, 0, larPrevious, 0, lar.length);
    for (int i = 0; i < lar.length; i++) {
      lar[i] = logAreaRatio(i, bits.next(LAR_BITS[i]));
    }
    for (int subframe = 0; subframe < SUBFRAMES; subframe++) {
      excite(bits, subframe * SUBFRAME_SAMPLES);
    }
    filter(0, 13);
    filter(13, 27);
    filter(27, 40);
    filter(40, FRAME_SAMPLES);
    for (int k = 0; k < FRAME_SAMPLES; k++) {
      emphasis = add(excitation[k], times(emphasis, DE_EMPHASIS));
      samples[at + k] = (add(emphasis, emphasis) & ~7) / 32768f;
    }
  }

  private static int logAreaRatio(int i, int code) {
    int value = saturated((code + LAR_LOWEST[i] << 10) - 2 * LAR_OFFSET[i]);
    int scaled = times(LAR_SCALE[i], value);
    return add(scaled, scaled);
  }

  /** Regular pulses on top of what was heard one pitch period ago. */
  private void excite(PackedBits bits, int from) {
    int lagCode = bits.next(7);
    int gain = LAG_GAIN[bits.next(2)];
    int grid = bits.next(2);
    int exponent = 0;
    int mantissa = bits.next(6);
    if (mantissa > 15) {
      exponent = (mantissa >> 3) - 1;
      mantissa -= exponent << 3;
    }
    if (mantissa == 0) {
      exponent = -4;
      mantissa = 7;
    } else {
      while (mantissa <= 7) {
        mantissa = mantissa << 1 | 1;
        exponent--;
      }
      mantissa -= 8;
    }
    if (lagCode >= SUBFRAME_SAMPLES && lagCode <= LONGEST_LAG) {
      lag = lagCode;
    }
    Arrays.fill(residual, LONGEST_LAG, residual.length, 0);
    int shift = 6 - exponent;
    for (int i = 0; i < PULSES; i++) {
      int pulse = times(PULSE_SCALE[mantissa], 2 * bits.next(3) - 7 << 12);
      residual[LONGEST_LAG + grid + 3 * i] = add(pulse, 1 << shift - 1) >> shift;
    }
    for (int k = LONGEST_LAG; k < residual.length; k++) {
      residual[k] = add(residual[k], times(gain, residual[k - lag]));
    }
    System.arraycopy(residual, LONGEST_LAG, excitation, from, SUBFRAME_SAMPLES);
    System.arraycopy(residual, SUBFRAME_SAMPLES, residual, 0, LONGEST_LAG);
  }

  /** The vocal tract, whose shape moves from the last frame's to this one's over 40 samples. */
  private void filter(int from, int to) {
    for (int i = 0; i < reflection.length; i++) {
      reflection[i] = reflectionOf(between(larPrevious[i], lar[i], from));
    }
    for (int k = from; k < to; k++) {
      int sample = excitation[k];
      for (int i = reflection.length - 1; i >= 0; i--) {
        sample = saturated(sample - times(reflection[i], v[i]));
        v[i + 1] = add(v[i], times(reflection[i], sample));
      }
      v[0] = sample;
      excitation[k] = sample;
    }
  }

  private static int between(int previous, int current, int from) {
    return switch (from) {
      case 0 -> add(add(previous >> 2, current >> 2), previous >> 1);
      case 13 -> add(previous >> 1, current >> 1);
      case 27 -> add(add(previous >> 2, current >> 2), current >> 1);
      default -> current;
    };
  }

  private static int reflectionOf(int ratio) {
    int size = Math.min(Math.abs(ratio), Short.MAX_VALUE);
    int value = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : add(size >> 2, 26112);
    return ratio < 0 ? -value : value;
  }

  private static int add(int a, int b) {
    return saturated(a + b);
  }

  /** The product of two fractions of 2^15, rounded. */
  private static int times(int a, int b) {
    return saturated(a * b + 16384 >> 15);
  }

  private static int saturated(int value) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
