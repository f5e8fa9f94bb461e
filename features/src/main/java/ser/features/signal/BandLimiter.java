package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;

import java.util.Arrays;

/**
 * Removes everything above a cut-off from a stream of samples, by a windowed-sinc filter applied as
 * overlap-save convolution, and doubles the rate on the way if asked to. The first, sharp step of
 * {@link Resampler}: 280 taps that would cost 280 products per sample cost about 25 this way.
 *
 * <p>Works on {@value #BLOCKS} overlapping blocks at once, which are always cut at the same places,
 * so the output does not depend on how the input arrives. Two blocks share one complex transform as
 * its real and imaginary part: the filter is real and symmetric, so they do not mix. Doubling puts
 * a zero after each sample, which repeats the spectrum.
 *
 * <p>A block without any sound gives exact zeros: the transform's rounding, 140 dB below its
 * loudest neighbour, would be enough to make digital silence cross zero at random.
 */
final class BandLimiter {
  /** Blocks per batch. */
  static final int BLOCKS = 2 * LANES;

  private final int reach;
  private final int blockSize;
  private final int advance;
  private final int factor;
  private final LaneFft forward;
  private final LaneFft backward;
  private final float[][] spectrum;
  private final float[][] filtered;
  private final float[] response;
  private final float[] input;
  private final boolean[] silent = new boolean[BLOCKS];
  private int filled;

  /**
   * @param pass highest frequency that passes, in cycles per input sample
   * @param stop lowest frequency that is stopped
   * @param factor 1 or 2 output samples per input sample
   */
  BandLimiter(double pass, double stop, int factor) {
    this.factor = factor;
    LowPass kernel = LowPass.between(pass, stop);
    reach = (int) kernel.reach();
    // Three times the filter: smaller blocks overlap too much, larger ones leave the cache.
    blockSize = Math.max(256, Integer.highestOneBit(6 * reach) * 2);
    advance = blockSize - 2 * reach;
    forward = new LaneFft(blockSize);
    backward = factor == 1 ? forward : new LaneFft(blockSize * factor);
    spectrum = forward.newRows();
    filtered = backward.newRows();
    response = response(kernel, blockSize * factor, factor);
    input = new float[BLOCKS * advance + 2 * reach];
    reset();
  }

  // The spectrum of the symmetric kernel, which is real, with the transform's 1/N. At the doubled
  // rate each input sample stands for two, hence no factor for the kernel's lower cut-off.
  private static float[] response(LowPass kernel, int size, int factor) {
    double[] cos = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
    }
    int taps = (int) kernel.reach() * factor;
    double[] h = new double[taps + 1];
    double gain = h(kernel, 0, factor);
    for (int i = 1; i <= taps; i++) {
      h[i] = h(kernel, i, factor);
      gain += 2 * h[i];
    }
    h[0] = h(kernel, 0, factor);
    float[] response = new float[size];
    for (int k = 0; k <= size / 2; k++) {
      double sum = h[0];
      for (int i = 1; i <= taps; i++) {
        sum += 2 * h[i] * cos[(int) ((long) k * i % size)];
      }
      response[k] = (float) (sum * factor / (gain * size));
      response[(size - k) % size] = response[k];
    }
    return response;
  }

  private static double h(LowPass kernel, int i, int factor) {
    return kernel.at((double) i / factor);
  }

  /** Output samples of one batch. */
  int batchLength() {
    return BLOCKS * advance * factor;
  }

  /** Forgets everything: the next sample is the first of a stream. */
  void reset() {
    // Silence before the first sample, for the filter's left half.
    Arrays.fill(input, 0, reach, 0f);
    filled = reach;
  }

  /**
   * Takes samples until the batch is full.
   *
   * @return how many were taken; fewer than {@code length} means that {@link #batch} is due
   */
  int take(float[] samples, int offset, int length) {
    int taken = Math.min(length, input.length - filled);
    System.arraycopy(samples, offset, input, filled, taken);
    filled += taken;
    return taken;
  }

  boolean isFull() {
    return filled == input.length;
  }

  /** Fills the rest of the batch with silence, at the end of a stream. */
  void fillWithSilence() {
    Arrays.fill(input, filled, input.length, 0f);
    filled = input.length;
  }

  /**
   * Filters the full batch; its first output belongs to the first input not yet answered for.
   *
   * @param output receives {@link #batchLength} samples
   */
  void batch(float[] output, int offset) {
    boolean allSilent = true;
    for (int block = 0; block < BLOCKS; block++) {
      silent[block] = isSilent(block * advance);
      allSilent &= silent[block];
    }
    if (!allSilent) {
      filter();
      interleave(output, offset);
    }
    int blockLength = advance * factor;
    for (int block = 0; block < BLOCKS; block++) {
      if (silent[block]) {
        Arrays.fill(output, offset + block * blockLength, offset + (block + 1) * blockLength, 0f);
      }
    }
    System.arraycopy(input, BLOCKS * advance, input, 0, 2 * reach);
    filled = 2 * reach;
  }

  private boolean isSilent(int start) {
    for (int i = start; i < start + blockSize; i++) {
      if (input[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void filter() {
    for (int m = 0; m < blockSize; m++) {
      float[] row = spectrum[m];
      for (int block = 0, at = m; block < BLOCKS; block++, at += advance) {
        row[block] = input[at];
      }
    }
    forward.transform(spectrum);
    for (int k = 0; k < filtered.length; k++) {
      swapScaled(spectrum[forward.rowOf(k & (blockSize - 1))], filtered[k], response[k]);
    }
    backward.transform(filtered);
  }

  // With real and imaginary parts exchanged before and after, the forward transform is the inverse.
  private static void swapScaled(float[] from, float[] to, float scale) {
    for (int i = 0; i < LANES; i++) {
      float re = from[i];
      float im = from[i + LANES];
      to[i] = scale * im;
      to[i + LANES] = scale * re;
    }
  }

  private void interleave(float[] output, int offset) {
    int blockLength = advance * factor;
    for (int i = 0; i < blockLength; i++) {
      float[] row = filtered[backward.rowOf(reach * factor + i)];
      int at = offset + i;
      for (int block = 0; block < LANES; block++, at += blockLength) {
        output[at] = row[block + LANES];
      }
      for (int block = 0; block < LANES; block++, at += blockLength) {
        output[at] = row[block];
      }
    }
  }
}
