package ser.features.signal;

import java.util.Arrays;

/**
 * Changes the sample rate of a mono stream: windowed-sinc filters with a Kaiser window, no delay.
 *
 * <p>Of the lower of the two rates, up to 0.45 passes within 0.001 dB and everything from 0.5 on is
 * 96 dB down or more. Output {@code n} belongs to the time of input {@code n * source / target},
 * and there are {@code ceil(inputs * target / source)} of them, as with {@code
 * librosa.resample(res_type="soxr_hq")}. A stream counts as preceded and followed by silence.
 *
 * <p>Two steps: {@link BandLimiter} filters sharply at the source's rate or twice it, {@link
 * Interpolator} reads the result at the new points in time. Samples must be finite. The same stream
 * gives the same samples, bit for bit, in whatever portions it arrives. Holds scratch buffers of 1
 * to 3 MB for ordinary rates: not safe for use by several threads.
 */
public final class Resampler {
  /** Filters and buffers grow with the ratio: at 64 they hold 20 MB. */
  private static final int MAX_RATIO = 64;

  private final int sourceRateHz;
  private final int targetRateHz;
  private final BandLimiter bandLimiter;
  private final Interpolator interpolator;
  private final float[] ready;
  private long taken;
  private long given;
  private float[] output = new float[0];
  private int outputs;

  /**
   * @param sourceRateHz above 0
   * @param targetRateHz above 0
   * @throws IllegalArgumentException if one rate is more than 64 times the other
   */
  public Resampler(int sourceRateHz, int targetRateHz) {
    if (sourceRateHz <= 0 || targetRateHz <= 0) {
      throw new IllegalArgumentException(
          "cannot resample from %d to %d Hz: rates must be above 0"
              .formatted(sourceRateHz, targetRateHz));
    }
    if (sourceRateHz / MAX_RATIO > targetRateHz || targetRateHz / MAX_RATIO > sourceRateHz) {
      throw new IllegalArgumentException(
          "cannot resample from %d to %d Hz: one rate must be at most %d times the other"
              .formatted(sourceRateHz, targetRateHz, MAX_RATIO));
    }
    this.sourceRateHz = sourceRateHz;
    this.targetRateHz = targetRateHz;
    // The interpolator's 16 taps need the upper 43% of the band empty.
    int factor = sourceRateHz >= 1.75 * targetRateHz ? 1 : 2;
    int limitedRateHz = Math.multiplyExact(sourceRateHz, factor);
    int shared = greatestCommonDivisor(limitedRateHz, targetRateHz);
    int step = limitedRateHz / shared;
    int phases = targetRateHz / shared;
    double lower = Math.min(1.0, (double) targetRateHz / sourceRateHz);
    int granule = step % factor == 0 ? step / factor : step;
    bandLimiter = new BandLimiter(0.45 * lower, 0.5 * lower, factor, granule);
    int blockLength = bandLimiter.blockLength();
    interpolator =
        blockLength % step == 0
            ? new BlockInterpolator(blockLength, step, phases)
            : new StreamInterpolator(blockLength, step, phases);
    ready = new float[interpolator.maxOutputs()];
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Resamples a whole clip; a stream begun with {@link #push} is forgotten. */
  public float[] resample(float[] samples) {
    reset();
    if (sourceRateHz == targetRateHz) {
      return samples.clone();
    }
    output = new float[Math.toIntExact(outputsOf(samples.length))];
    accept(samples, samples.length);
    complete();
    return output;
  }

  /**
   * The next samples of a stream.
   *
   * @param samples fractions of full scale
   * @param count how many of them, from index 0
   * @return what is ready: often nothing, then many at once
   */
  public float[] push(float[] samples, int count) {
    if (sourceRateHz == targetRateHz) {
      return Arrays.copyOf(samples, count);
    }
    outputs = 0;
    accept(samples, count);
    return Arrays.copyOf(output, outputs);
  }

  /** The rest of the stream's output; the next {@link #push} begins a new stream. */
  public float[] finish() {
    outputs = 0;
    complete();
    float[] rest = Arrays.copyOf(output, outputs);
    reset();
    return rest;
  }

  private void reset() {
    bandLimiter.reset();
    interpolator.reset();
    taken = 0;
    given = 0;
    outputs = 0;
  }

  private long outputsOf(long inputs) {
    return -Math.floorDiv(-inputs * targetRateHz, (long) sourceRateHz);
  }

  private void accept(float[] samples, int count) {
    for (int at = 0; at < count; ) {
      int accepted = bandLimiter.take(samples, at, count - at);
      at += accepted;
      taken += accepted;
      if (bandLimiter.isFull()) {
        emit(Long.MAX_VALUE);
      }
    }
  }

  private void complete() {
    long total = outputsOf(taken);
    while (given < total) {
      bandLimiter.fillWithSilence();
      emit(total);
    }
  }

  private void emit(long total) {
    bandLimiter.filter();
    int count = (int) Math.min(interpolator.batch(bandLimiter, ready), total - given);
    if (output.length < outputs + count) {
      output = Arrays.copyOf(output, Math.max(2 * output.length, outputs + count));
    }
    System.arraycopy(ready, 0, output, outputs, count);
    outputs += count;
    given += count;
  }
}
