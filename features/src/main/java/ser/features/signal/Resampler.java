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
 * to 2 MB for ordinary rates: not safe for use by several threads.
 */
public final class Resampler {
  private final int sourceRateHz;
  private final int targetRateHz;
  private final int factor;
  private final BandLimiter bandLimiter;
  private final Interpolator interpolator;
  // The last samples of the batch before, then a batch of the band limiter's output.
  private final float[] limited;
  private long limitedEnd;
  private long taken;
  private long given;
  private float[] output = new float[0];
  private int outputs;

  /**
   * @param sourceRateHz from 1
   * @param targetRateHz from 1
   */
  public Resampler(int sourceRateHz, int targetRateHz) {
    if (sourceRateHz <= 0 || targetRateHz <= 0) {
      throw new IllegalArgumentException(
          "cannot resample from %d to %d Hz: rates must be above 0"
              .formatted(sourceRateHz, targetRateHz));
    }
    this.sourceRateHz = sourceRateHz;
    this.targetRateHz = targetRateHz;
    // The interpolator's 16 taps need the upper 43% of the band empty.
    factor = sourceRateHz >= 1.75 * targetRateHz ? 1 : 2;
    double lower = Math.min(1.0, (double) targetRateHz / sourceRateHz);
    bandLimiter = new BandLimiter(0.45 * lower, 0.5 * lower, factor);
    int shared = greatestCommonDivisor(sourceRateHz * factor, targetRateHz);
    interpolator = new Interpolator(sourceRateHz * factor / shared, targetRateHz / shared);
    limited = new float[Interpolator.TAPS + bandLimiter.batchLength()];
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
    Arrays.fill(limited, 0f);
    limitedEnd = 0;
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
    int batch = bandLimiter.batchLength();
    System.arraycopy(limited, batch, limited, 0, Interpolator.TAPS);
    bandLimiter.batch(limited, Interpolator.TAPS);
    limitedEnd += batch;
    // The first output whose taps reach beyond what is there.
    long ready = Math.min(total, interpolator.firstFrom(limitedEnd - Interpolator.AFTER));
    int count = (int) Math.max(0, ready - given);
    if (output.length < outputs + count) {
      output = Arrays.copyOf(output, Math.max(2 * output.length, outputs + count));
    }
    int at = (int) (interpolator.baseOf(given) - limitedEnd) + limited.length;
    interpolator.apply(given, limited, at, output, outputs, count);
    outputs += count;
    given += count;
  }
}
