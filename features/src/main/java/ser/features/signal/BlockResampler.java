package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;
import static ser.features.signal.RealDft16.BINS;
import static ser.features.signal.RealDft16.POINTS;
import static ser.features.signal.RealFft.SIGNALS;

import java.util.Arrays;

/**
 * Low-pass filter and change of rate in one, for rates whose ratio is a fraction of small factors:
 * a windowed-sinc filter applied as overlap-save convolution, whose spectrum is transformed back at
 * the other rate (Oppenheim and Schafer, "Discrete-Time Signal Processing", 8.7 for overlap-save).
 * The filter has left nothing above half of the lower rate, so that the bins from there on can be
 * dropped, or are zeros to be added. 280 taps cost about 50 additions and products per sample this
 * way, and no interpolation follows.
 *
 * <p>Works on {@value RealFft#SIGNALS} overlapping blocks at once, which are always cut at the same
 * places, so the output does not depend on how the input arrives.
 *
 * <p>Where the filter sees nothing but zeros the output is exactly zero: the transform's rounding,
 * 140 dB below its loudest neighbour, would be enough to make digital silence cross zero at random.
 */
final class BlockResampler {
  /**
   * Shares of a block that the filter may take; fewer blocks cost less, larger ones need memory.
   */
  private static final int BLOCK_BY_REACH = 16;

  private final int step;
  private final int phases;
  private final int reach;
  private final int lead;
  private final int skip;
  private final int advance;
  private final int outputsPerBlock;
  private final RealFft forward;
  private final RealFft backward;
  private final float[][] spectrum;
  private final float[][] filtered;
  private final float[][] response;
  private final float[] input;
  // Every block is cut from the same array.
  private final float[][] signals = new float[SIGNALS][];
  private final int[] offsets = new int[SIGNALS];
  private int filled;
  private int sounding;
  private boolean started;

  /**
   * @param pass highest frequency that passes, in cycles per input sample
   * @param stop lowest frequency that is stopped, at most half of the lower rate
   * @param step input samples per {@code phases} outputs; both see {@link #supports}
   */
  BlockResampler(double pass, double stop, int step, int phases) {
    this.step = step;
    this.phases = phases;
    LowPass kernel = LowPass.between(pass, stop);
    reach = (int) kernel.reach();
    int multiple = 1;
    while ((long) step * multiple * POINTS < (long) BLOCK_BY_REACH * (reach + 1)) {
      multiple *= 2;
    }
    int blockSize = Math.multiplyExact(POINTS * multiple, step);
    int outputSize = Math.multiplyExact(POINTS * multiple, phases);
    // Blocks begin at whole steps, where input and output samples fall together. Outputs within
    // the filter's reach of a block's ends are another block's.
    lead = roundedUp(reach + 1, step) * step;
    skip = roundedUp((reach + 1) * phases, step);
    advance = (blockSize - 2 * (reach + 1)) / step * step;
    outputsPerBlock = advance / step * phases;
    forward = new RealFft(blockSize);
    backward = outputSize == blockSize ? forward : new RealFft(outputSize);
    spectrum = forward.newRows();
    filtered = backward.newRows();
    response = response(kernel, blockSize, outputSize);
    input = new float[(SIGNALS - 1) * advance + blockSize];
    for (int block = 0; block < SIGNALS; block++) {
      signals[block] = input;
      offsets[block] = block * advance;
    }
    reset();
  }

  /** Whether there are transforms for a ratio, given in lowest terms. */
  static boolean supports(int step, int phases) {
    int most = 4096;
    return Math.max(step, phases) <= most && LaneFft.divides(step) && LaneFft.divides(phases);
  }

  private static int roundedUp(int dividend, int divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  // The spectrum of the symmetric kernel, which is real, with the transform's 1/N: a factor for
  // each lane of each row of the output's bins.
  private static float[][] response(LowPass kernel, int size, int outputSize) {
    int taps = (int) kernel.reach();
    double[] cos = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
    }
    double[] h = new double[taps + 1];
    double gain = kernel.at(0);
    h[0] = gain;
    for (int i = 1; i <= taps; i++) {
      h[i] = kernel.at(i);
      gain += 2 * h[i];
    }
    float[] bins = new float[Math.min(size, outputSize) / 2];
    for (int k = 0; k < bins.length; k++) {
      double sum = h[0];
      for (int i = 1; i <= taps; i++) {
        sum += 2 * h[i] * cos[(int) ((long) k * i % size)];
      }
      bins[k] = (float) (sum / (gain * size));
    }
    float[][] response = new float[outputSize / POINTS][LANES];
    for (int k2 = 0; k2 < response.length; k2++) {
      for (int k1 = 0; k1 < BINS; k1++) {
        int k = POINTS * k2 + k1;
        int bin = Math.min(k, outputSize - k);
        float factor = bin < bins.length ? bins[bin] : 0;
        Arrays.fill(response[k2], SIGNALS * k1, SIGNALS * (k1 + 1), factor);
      }
    }
    return response;
  }

  /** The most samples that one batch can give. */
  int maxOutputs() {
    return SIGNALS * outputsPerBlock;
  }

  /** Samples that each batch but the last consumes. */
  int batchInputs() {
    return SIGNALS * advance;
  }

  /** Outputs that the first batch of a stream gives less than the others. */
  int lateOutputs() {
    return lead / step * phases - skip;
  }

  /** Forgets everything: the next sample is the first of a stream. */
  void reset() {
    // Silence before the first sample, for the filter's left half.
    Arrays.fill(input, 0, lead, 0f);
    filled = lead;
    started = false;
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
    sounding = SIGNALS;
    return taken;
  }

  boolean isFull() {
    return filled == input.length;
  }

  /** Fills the rest of the batch with silence, at the end of a stream. */
  void fillWithSilence() {
    // Blocks with nothing but silence need no filter.
    sounding = Math.min(SIGNALS, (filled + advance - 1) / advance);
    Arrays.fill(input, filled, input.length, 0f);
    filled = input.length;
  }

  /**
   * Resamples the full batch and makes room for the next.
   *
   * @param output receives the samples, from index 0
   * @return how many
   */
  int batch(float[] output) {
    forward.forward(signals, offsets, sounding, spectrum);
    for (int k2 = 0; k2 < filtered.length; k2++) {
      // Bins above half of either rate count from its end.
      int from = 2 * k2 < filtered.length ? k2 : k2 + spectrum.length - filtered.length;
      if (from < 0 || 2 * from >= spectrum.length != 2 * k2 >= filtered.length) {
        Arrays.fill(filtered[k2], 0f);
      } else {
        swapScaled(spectrum[forward.rowOf(from)], filtered[k2], response[k2]);
      }
    }
    backward.backward(filtered, sounding, output, skip, outputsPerBlock);
    Arrays.fill(output, sounding * outputsPerBlock, maxOutputs(), 0f);
    silence(output);
    filled = input.length - SIGNALS * advance;
    System.arraycopy(input, SIGNALS * advance, input, 0, filled);
    int early = started ? 0 : lateOutputs();
    started = true;
    System.arraycopy(output, early, output, 0, maxOutputs() - early);
    return maxOutputs() - early;
  }

  // Looks at so few samples that it costs nothing: a run of zeros in which the filter has room
  // holds
  // every (2 reach)th sample.
  private void silence(float[] output) {
    for (int at = 0; at < input.length; at += 2 * reach) {
      if (input[at] != 0) {
        continue;
      }
      int from = at;
      while (from > 0 && input[from - 1] == 0) {
        from--;
      }
      while (at < input.length && input[at] == 0) {
        at++;
      }
      long first = -Math.floorDiv(-(long) (from + reach) * phases, (long) step) - skip;
      long end = Math.floorDiv((long) (at - 1 - reach) * phases, (long) step) + 1 - skip;
      int zerosFrom = (int) Math.max(first, 0);
      int zerosTo = (int) Math.min(end, maxOutputs());
      if (zerosFrom < zerosTo) {
        Arrays.fill(output, zerosFrom, zerosTo, 0f);
      }
    }
  }

  // With real and imaginary parts exchanged, as RealFft.backward wants them.
  private static void swapScaled(float[] from, float[] to, float[] factors) {
    for (int i = 0; i < LANES; i++) {
      to[i] = factors[i] * from[i + LANES];
      to[i + LANES] = factors[i] * from[i];
    }
  }
}
