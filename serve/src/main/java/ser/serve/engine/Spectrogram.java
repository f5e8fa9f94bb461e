package ser.serve.engine;

import ser.features.FeatureMatrix;
import ser.report.image.Matrix;

/**
 * A log-mel picture that never has more than a thousand columns: whenever all are in use, pairs
 * become their mean.
 */
final class Spectrogram {
  /** Even. */
  private static final int MOST_COLUMNS = 1000;

  private final int bands;
  private final float[][] columns = new float[MOST_COLUMNS][];
  private int complete;
  private long framesPerColumn = 1;
  private double[] sum;
  private long inSum;

  Spectrogram(int bands) {
    this.bands = bands;
    this.sum = new double[bands];
  }

  /** The next frame in time. */
  void add(FeatureMatrix logMel, int frame) {
    for (int band = 0; band < bands; band++) {
      sum[band] += logMel.at(band, frame);
    }
    inSum++;
    if (inSum == framesPerColumn) {
      columns[complete++] = mean();
      if (complete == MOST_COLUMNS) {
        joinPairs();
      }
    }
  }

  /**
   * @throws IllegalStateException without a frame
   */
  Matrix toMatrix() {
    if (inSum > 0) {
      columns[complete++] = mean();
    }
    if (complete == 0) {
      throw new IllegalStateException("a recording without frames has no picture");
    }
    float[] values = new float[bands * complete];
    for (int band = 0; band < bands; band++) {
      for (int column = 0; column < complete; column++) {
        values[band * complete + column] = columns[column][band];
      }
    }
    return new Matrix(bands, complete, values);
  }

  private float[] mean() {
    float[] mean = new float[bands];
    for (int band = 0; band < bands; band++) {
      mean[band] = (float) (sum[band] / inSum);
    }
    sum = new double[bands];
    inSum = 0;
    return mean;
  }

  private void joinPairs() {
    for (int i = 0; i < MOST_COLUMNS / 2; i++) {
      float[] first = columns[2 * i];
      float[] second = columns[2 * i + 1];
      for (int band = 0; band < bands; band++) {
        first[band] = (first[band] + second[band]) / 2;
      }
      columns[i] = first;
    }
    complete = MOST_COLUMNS / 2;
    framesPerColumn *= 2;
  }
}
