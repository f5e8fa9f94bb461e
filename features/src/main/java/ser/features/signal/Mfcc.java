package ser.features.signal;

import java.util.Arrays;

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II of each frame of a log-mel
 * spectrogram, {@code C[q] = s_q sum_b L[b] cos(pi q (2 b + 1) / (2 M))}, {@code s_0 = sqrt(1/M)},
 * else {@code sqrt(2/M)}; no liftering; {@code librosa.feature.mfcc(S=L, norm="ortho")}.
 *
 * <p>Bands b and M-1-b have equal cosines for even q and opposite ones for odd q, so their sums and
 * differences need half the products. Holds scratch buffers: not safe for use by several threads.
 */
public final class Mfcc {
  /** Frames computed together: a constant, so that the inner loops become SIMD code. */
  private static final int CHUNK = 64;

  private final int bands;
  private final float[][] matrix;
  private final float[][] sums;
  private final float[][] differences;
  private final float[] mirrored = new float[CHUNK];
  private final float[] row = new float[CHUNK];

  /**
   * @param coefficients how many, from 1 to {@code bands}
   */
  public Mfcc(int coefficients, int bands) {
    if (coefficients < 1 || coefficients > bands) {
      throw new IllegalArgumentException(
          "%d MFCC must be from 1 to the number of mel bands, %d".formatted(coefficients, bands));
    }
    this.bands = bands;
    // Padded with zero weights to a multiple of 4, the number of bands per inner loop.
    int padded = (bands / 2 + 1 + 3) / 4 * 4;
    matrix = new float[coefficients][padded];
    for (int q = 0; q < coefficients; q++) {
      double scale = Math.sqrt((q == 0 ? 1.0 : 2.0) / bands);
      for (int b = 0; b < (bands + 1) / 2; b++) {
        matrix[q][b] = (float) (scale * Math.cos(Math.PI * q * (2 * b + 1) / (2.0 * bands)));
      }
    }
    sums = new float[padded][CHUNK];
    differences = new float[padded][CHUNK];
  }

  /**
   * @param logMel row-major, shape [bands][frames]
   * @param mfcc receives row-major, shape [coefficients][frames]
   */
  public void apply(float[] logMel, int frames, float[] mfcc) {
    for (int first = 0; first < frames; first += CHUNK) {
      int count = Math.min(CHUNK, frames - first);
      fold(logMel, frames, first, count);
      for (int q = 0; q < matrix.length; q++) {
        project(matrix[q], q % 2 == 0 ? sums : differences);
        System.arraycopy(row, 0, mfcc, q * frames + first, count);
      }
    }
  }

  private void fold(float[] logMel, int frames, int first, int count) {
    for (int b = 0; b < bands / 2; b++) {
      System.arraycopy(logMel, b * frames + first, sums[b], 0, count);
      System.arraycopy(logMel, (bands - 1 - b) * frames + first, mirrored, 0, count);
      addAndSubtract(sums[b], mirrored, differences[b]);
    }
    if (bands % 2 == 1) {
      // The middle band stands alone; its weight is 0 for odd q.
      System.arraycopy(logMel, bands / 2 * frames + first, sums[bands / 2], 0, count);
    }
  }

  private static void addAndSubtract(float[] sum, float[] mirrored, float[] difference) {
    for (int i = 0; i < CHUNK; i++) {
      float a = sum[i];
      float b = mirrored[i];
      sum[i] = a + b;
      difference[i] = a - b;
    }
  }

  private void project(float[] weights, float[][] bandRows) {
    Arrays.fill(row, 0f);
    for (int b = 0; b < weights.length; b += 4) {
      add4(
          row,
          bandRows[b],
          bandRows[b + 1],
          bandRows[b + 2],
          bandRows[b + 3],
          weights[b],
          weights[b + 1],
          weights[b + 2],
          weights[b + 3]);
    }
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
    for (int i = 0; i < CHUNK; i++) {
      sum[i] = sum[i] + ((w0 * r0[i] + w1 * r1[i]) + (w2 * r2[i] + w3 * r3[i]));
    }
  }
}
