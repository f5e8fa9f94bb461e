package ser.features.signal;

import static ser.features.signal.BandLimiter.BLOCKS;

import java.util.Arrays;

/**
 * For ratios whose period divides the limiter's blocks, which is all usual rates: every block then
 * needs the same filters at the same places, so one weight is applied to all blocks at once, with
 * unit stride. 1 ns per output sample instead of 5. Holds a scratch buffer: not safe for use by
 * several threads.
 */
final class BlockInterpolator implements Interpolator {
  private final int step;
  private final int phases;
  private final int outputsPerBlock;
  private final float[] taps;
  private final float[] sums = new float[BLOCKS];

  /**
   * @param blockLength samples per block, a multiple of {@code step}
   * @param step samples per {@code phases} outputs
   */
  BlockInterpolator(int blockLength, int step, int phases) {
    this.step = step;
    this.phases = phases;
    outputsPerBlock = Math.multiplyExact(blockLength / step, phases);
    taps = new SincTable(phases).taps();
  }

  @Override
  public int maxOutputs() {
    return outputsPerBlock * BLOCKS;
  }

  @Override
  public int batch(BandLimiter limiter, float[] output) {
    int base = 0;
    int phase = 0;
    for (int i = 0; i < outputsPerBlock; i++) {
      float[] row = phase == 0 ? limiter.row(base) : interpolated(limiter, base, phase);
      for (int block = 0, at = i; block < BLOCKS; block++, at += outputsPerBlock) {
        output[at] = row[block];
      }
      base += step / phases;
      phase += step % phases;
      if (phase >= phases) {
        phase -= phases;
        base++;
      }
    }
    for (int block = 0; block < BLOCKS; block++) {
      if (limiter.isSilent(block)) {
        int start = block * outputsPerBlock;
        Arrays.fill(output, start, start + outputsPerBlock, 0f);
      }
    }
    return maxOutputs();
  }

  private float[] interpolated(BandLimiter limiter, int base, int phase) {
    Arrays.fill(sums, 0f);
    int first = base - SincTable.BEFORE;
    int w = phase * SincTable.TAPS;
    for (int k = 0; k < SincTable.TAPS; k += 4) {
      add4(
          sums,
          limiter.row(first + k),
          limiter.row(first + k + 1),
          limiter.row(first + k + 2),
          limiter.row(first + k + 3),
          taps[w + k],
          taps[w + k + 1],
          taps[w + k + 2],
          taps[w + k + 3]);
    }
    return sums;
  }

  private static void add4(
      float[] sum,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float w0,
      float w1,
      float w2,
      float w3) {
    for (int i = 0; i < BLOCKS; i++) {
      sum[i] = sum[i] + ((w0 * r0[i] + w1 * r1[i]) + (w2 * r2[i] + w3 * r3[i]));
    }
  }

  @Override
  public void reset() {
    // Blocks stand alone: nothing is carried from one batch to the next.
  }
}
