package ser.model.scoring;

import java.io.Serializable;
import ser.model.file.ModelInput;
import ser.model.input.InputMatrix;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;

/**
 * What was heard of one speaker: statistics of the network's input before it is normalised, and how
 * much it was. Mutable, for one thread.
 */
public final class HeardSpeech implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NormaliserStatistics statistics;
  private double seconds;

  /**
   * Nothing yet.
   *
   * @param rows of the input
   */
  public HeardSpeech(int rows) {
    statistics = new NormaliserStatistics(rows);
  }

  void add(InputMatrix input, double inputSeconds) {
    statistics.add(input);
    seconds += inputSeconds;
  }

  /**
   * Adds what was heard later. The order counts, in the last bits.
   *
   * @throws IllegalArgumentException if the other's number of rows differs
   */
  public void merge(HeardSpeech later) {
    statistics.merge(later.statistics);
    seconds += later.seconds;
  }

  /** In seconds. */
  public double seconds() {
    return seconds;
  }

  /**
   * What his windows are normalised by.
   *
   * @param input of the model
   */
  public Normaliser normaliser(ModelInput input) {
    return input.normalisation().of(input.normaliser(), statistics, seconds);
  }
}
