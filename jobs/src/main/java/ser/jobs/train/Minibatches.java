package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.DataSet;
import ser.model.array.FloatBlock;
import ser.model.input.Regularisation;
import ser.model.network.NetworkShape;

/**
 * From training rows to what the optimiser sees: spliced, masked, mixed with a neighbour, labels
 * smoothed. What is drawn for a row follows from its name, the seed and the epoch, wherever the row
 * is.
 *
 * @param shape of the network
 * @param regularisation what rows go through
 * @param seed of the draws
 */
record Minibatches(NetworkShape shape, Regularisation regularisation, long seed)
    implements Serializable {

  /** NHWC, with one column of labels per class. */
  DataSet of(List<LabelledInput> rows, int epoch) {
    int classes = shape.classes();
    List<float[]> masked = new ArrayList<>();
    double[] shares = new double[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      SplittableRandom random = randomOf(rows.get(i), epoch);
      shares[i] = regularisation.share(random);
      masked.add(masked(spliced(rows, i, random), random));
    }
    List<float[]> inputs = new ArrayList<>();
    float[] labels = new float[rows.size() * classes];
    for (int i = 0; i < rows.size(); i++) {
      int other = (i + 1) % rows.size();
      float share = (float) shares[i];
      inputs.add(share == 1 ? masked.get(i) : mixture(masked.get(i), masked.get(other), share));
      float[] label = new float[classes];
      label[rows.get(i).label()] += share;
      label[rows.get(other).label()] += 1 - share;
      regularisation.smooth(label);
      System.arraycopy(label, 0, labels, i * classes, classes);
    }
    return new DataSet(
        shape.batchOf(inputs, rows.size()), FloatBlock.of(labels, rows.size(), classes));
  }

  private float[] spliced(List<LabelledInput> rows, int i, SplittableRandom random) {
    LabelledInput row = rows.get(i);
    if (!regularisation.splice().drawn(random)) {
      return row.values();
    }
    List<float[]> others =
        rows.stream()
            .filter(other -> other != row && other.label() == row.label())
            .map(LabelledInput::values)
            .toList();
    return regularisation.splice().of(row.values(), others, shape.frames(), random);
  }

  private float[] masked(float[] values, SplittableRandom random) {
    float[] copy = values.clone();
    regularisation.masks().mask(copy, shape.bands(), shape.frames(), random);
    return copy;
  }

  private SplittableRandom randomOf(LabelledInput row, int epoch) {
    long name = 31L * row.recording().hashCode() + row.variant().hashCode();
    // Twice: neighbouring seeds of one generator would draw alike.
    return new SplittableRandom(
            new SplittableRandom(seed + 0x9E3779B97F4A7C15L * epoch).nextLong() ^ name)
        .split();
  }

  private static float[] mixture(float[] one, float[] other, float share) {
    float[] mixture = new float[one.length];
    for (int i = 0; i < mixture.length; i++) {
      mixture[i] = share * one[i] + (1 - share) * other[i];
    }
    return mixture;
  }
}
