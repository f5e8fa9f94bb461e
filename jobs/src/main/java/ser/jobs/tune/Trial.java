package ser.jobs.tune;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One network to train.
 *
 * @param number of what was drawn, counted from 1
 * @param round counted from 1; with halving the same parameters come in several
 * @param epochs that it is trained for, at most
 * @param parameters that were drawn, by name
 */
record Trial(int number, int round, int epochs, SortedMap<String, Object> parameters)
    implements Serializable {
  Trial {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** Of initial weights, order and dropout: the same in every round, wherever it runs. */
  static long seed(long searchSeed, int number) {
    return new SplittableRandom(searchSeed * 0x9E3779B97F4A7C15L + number).nextLong();
  }

  /** Name of its object in the output. */
  String fileName() {
    return "trial-%05d-round-%d.json".formatted(number, round);
  }
}
