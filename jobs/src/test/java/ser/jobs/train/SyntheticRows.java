package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import ser.model.Gender;
import ser.model.metrics.Subject;
import ser.model.network.NetworkShape;

/** Rows of noise for tests, each class with a mean of its own. */
final class SyntheticRows {
  private SyntheticRows() {}

  static List<LabelledInput> of(int count, NetworkShape shape, long seed) {
    Random random = new Random(seed);
    List<LabelledInput> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % shape.classes();
      float[] values = new float[shape.inputLength()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (random.nextGaussian() + 0.3 * label);
      }
      rows.add(
          new LabelledInput(
              new Subject("row" + i, "made", "made-1", Gender.UNKNOWN, ""),
              "original",
              label,
              values));
    }
    return rows;
  }
}
