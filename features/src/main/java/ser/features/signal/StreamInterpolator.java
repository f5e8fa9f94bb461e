package ser.features.signal;

import java.util.Arrays;

/**
 * Reads a stream of band-limited samples at the times of another rate: output {@code n} lies at
 * position {@code n step / phases}. For the ratios that {@link BlockResampler} cannot do alone:
 * 24,414 to 22,050 Hz, whose period is 4,069 samples. Up to {@value #MAX_PHASES} phases each has
 * its own exact filter; beyond, the result is interpolated between neighbouring phases, with an
 * error below -130 dB ({@code h'' / 8 / phases^2}). Holds scratch buffers: not safe for use by
 * several threads.
 */
final class StreamInterpolator {
  private static final int MAX_PHASES = 4096;

  private final int step;
  private final int phases;
  private final int batchLength;
  private final SincTable table;
  // The last samples of the batch before, then the batch.
  private final float[] stream;
  private long streamEnd;
  private long given;

  /**
   * @param batchLength samples per batch
   */
  StreamInterpolator(int batchLength, int step, int phases) {
    this.batchLength = batchLength;
    this.step = step;
    this.phases = phases;
    table = new SincTable(Math.min(phases, MAX_PHASES));
    stream = new float[SincTable.TAPS + batchLength];
  }

  /** The most samples that one batch can give. */
  int maxOutputs() {
    return Math.toIntExact((long) batchLength * phases / step + 2);
  }

  /** Forgets everything: the next batch is the first of a stream. */
  void reset() {
    startAt(0);
  }

  /** As if so many batches, all of silence, had been taken over. */
  void startAt(long batches) {
    Arrays.fill(stream, 0f);
    streamEnd = Math.multiplyExact(batches, batchLength);
    given = readyAt(streamEnd);
  }

  /** The last number of batches that leaves this output to the batches behind them. */
  long batchesBefore(long output) {
    return (Math.multiplyExact(output, step) / phases + SincTable.AFTER) / batchLength;
  }

  /** How many outputs the batches before the given ones have given. */
  long givenBefore(long batches) {
    return readyAt(Math.multiplyExact(batches, batchLength));
  }

  // The first output that needs samples beyond the end.
  private long readyAt(long end) {
    return Math.max(0, -Math.floorDiv(-(end - SincTable.AFTER) * phases, (long) step));
  }

  /**
   * Takes over a whole batch.
   *
   * @param output receives the samples that are ready, from index 0
   * @return how many are ready
   */
  int batch(float[] samples, float[] output) {
    System.arraycopy(stream, batchLength, stream, 0, SincTable.TAPS);
    System.arraycopy(samples, 0, stream, SincTable.TAPS, batchLength);
    streamEnd += batchLength;
    int count = (int) (readyAt(streamEnd) - given);
    long base = Math.floorDiv(given * step, (long) phases);
    read((int) (base - streamEnd) + stream.length - SincTable.BEFORE, output, count);
    given += count;
    return count;
  }

  private void read(int first, float[] output, int count) {
    int base = first;
    int phase = (int) Math.floorMod(given * step, (long) phases);
    boolean exact = table.phases() == phases;
    for (int i = 0; i < count; i++) {
      output[i] = exact ? dot(base, phase * SincTable.TAPS) : betweenPhases(base, phase);
      base += step / phases;
      phase += step % phases;
      if (phase >= phases) {
        phase -= phases;
        base++;
      }
    }
  }

  private float betweenPhases(int base, int phase) {
    double position = (double) phase * table.phases() / phases;
    int entry = (int) position;
    float low = dot(base, entry * SincTable.TAPS);
    float high = dot(base, (entry + 1) * SincTable.TAPS);
    return low + (float) (position - entry) * (high - low);
  }

  // Written out: the JIT compiler of Java 17 does not vectorise sums of floats, and checks the
  // bounds of constant offsets once.
  private float dot(int i, int j) {
    float[] x = stream;
    float[] h = table.taps();
    float s0 = h[j] * x[i] + h[j + 4] * x[i + 4] + h[j + 8] * x[i + 8] + h[j + 12] * x[i + 12];
    float s1 =
        h[j + 1] * x[i + 1] + h[j + 5] * x[i + 5] + h[j + 9] * x[i + 9] + h[j + 13] * x[i + 13];
    float s2 =
        h[j + 2] * x[i + 2] + h[j + 6] * x[i + 6] + h[j + 10] * x[i + 10] + h[j + 14] * x[i + 14];
    float s3 =
        h[j + 3] * x[i + 3] + h[j + 7] * x[i + 7] + h[j + 11] * x[i + 11] + h[j + 15] * x[i + 15];
    return (s0 + s1) + (s2 + s3);
  }
}
