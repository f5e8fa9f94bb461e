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
 * <p>{@link BlockResampler} does all usual rates. For the others it filters sharply at the source's
 * rate or twice it, and {@link StreamInterpolator} reads the result at the new points in time.
 * Samples must be finite. The same stream gives the same samples, bit for bit, in whatever portions
 * it arrives. Holds scratch buffers of 1 to 3 MB for ordinary rates: not safe for use by several
 * threads.
 */
public final class Resampler {
  /** Filters and buffers grow with the ratio: at 64 they hold 20 MB. */
  private static final int MAX_RATIO = 64;

  private final int sourceRateHz;
  private final int targetRateHz;
  private final BlockResampler blocks;
  // Null where the blocks come out at the target rate.
  private final StreamInterpolator interpolator;
  private final float[] limited;
  private final float[] ready;
  private long taken;
  private long given;
  private long wantedFrom;
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
    double lower = Math.min(1.0, (double) targetRateHz / sourceRateHz);
    int shared = greatestCommonDivisor(sourceRateHz, targetRateHz);
    if (BlockResampler.supports(sourceRateHz / shared, targetRateHz / shared)) {
      blocks =
          new BlockResampler(
              0.45 * lower, 0.5 * lower, sourceRateHz / shared, targetRateHz / shared);
      interpolator = null;
      limited = new float[blocks.maxOutputs()];
      ready = limited;
    } else {
      // The interpolator's 16 taps need the upper 43% of the band empty.
      int factor = sourceRateHz >= 1.75 * targetRateHz ? 1 : 2;
      int limitedRateHz = Math.multiplyExact(sourceRateHz, factor);
      int sharedNow = greatestCommonDivisor(limitedRateHz, targetRateHz);
      blocks = new BlockResampler(0.45 * lower, 0.5 * lower, 1, factor);
      limited = new float[blocks.maxOutputs()];
      interpolator =
          new StreamInterpolator(
              limited.length, limitedRateHz / sharedNow, targetRateHz / sharedNow);
      ready = new float[interpolator.maxOutputs()];
    }
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
    blocks.reset();
    if (interpolator != null) {
      interpolator.reset();
    }
    taken = 0;
    given = 0;
    wantedFrom = 0;
    outputs = 0;
  }

  /**
   * How many samples a stream gives.
   *
   * @param inputs samples at the source's rate, at least 0
   */
  public static long outputsOf(long inputs, int sourceRateHz, int targetRateHz) {
    return -Math.floorDiv(-Math.multiplyExact(inputs, targetRateHz), (long) sourceRateHz);
  }

  private long outputsOf(long inputs) {
    return outputsOf(inputs, sourceRateHz, targetRateHz);
  }

  /**
   * Begins in the middle of a stream: the next {@link #push} is to bring the samples from the
   * returned one on, and from then on this gives what it would give of the whole stream, bit for
   * bit, from {@code output} on. Some seconds before it are read to warm up.
   *
   * @param output index of the first sample to be given, at least 0
   * @return index of the first sample to be pushed
   */
  public long startAt(long output) {
    reset();
    wantedFrom = output;
    if (sourceRateHz == targetRateHz) {
      return output;
    }
    // Batches are cut where they are cut in the whole stream. The first of them sees silence where
    // the stream has samples, so what it gives is dropped.
    long batches =
        interpolator == null
            ? (output + blocks.lateOutputs()) / blocks.maxOutputs()
            : interpolator.batchesBefore(output);
    long before = Math.max(0, batches - 1);
    taken = before * blocks.batchInputs();
    if (interpolator == null) {
      given = before * blocks.maxOutputs();
    } else {
      interpolator.startAt(before);
      given = interpolator.givenBefore(before);
    }
    return taken;
  }

  private void accept(float[] samples, int count) {
    for (int at = 0; at < count; ) {
      int accepted = blocks.take(samples, at, count - at);
      at += accepted;
      taken += accepted;
      if (blocks.isFull()) {
        emit(Long.MAX_VALUE);
      }
    }
  }

  private void complete() {
    long total = outputsOf(taken);
    while (given < total) {
      blocks.fillWithSilence();
      emit(total);
    }
  }

  private void emit(long total) {
    int found = blocks.batch(limited);
    if (interpolator != null) {
      found = interpolator.batch(limited, ready);
    }
    int count = (int) Math.min(found, total - given);
    int dropped = (int) Math.max(0, Math.min(count, wantedFrom - given));
    int kept = count - dropped;
    if (output.length < outputs + kept) {
      output = Arrays.copyOf(output, Math.max(2 * output.length, outputs + kept));
    }
    System.arraycopy(ready, dropped, output, outputs, kept);
    outputs += kept;
    given += count;
  }
}
