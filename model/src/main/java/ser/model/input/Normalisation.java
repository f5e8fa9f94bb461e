package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/** Whose mean and deviation an input is normalised by. */
public sealed interface Normalisation extends Serializable {

  /** {@code corpus} or {@code speaker}. */
  String label();

  /**
   * The normaliser of one speaker's inputs.
   *
   * @param training fitted on the training rows
   * @param own of the speaker's inputs, before normalisation; of nothing, if none was heard
   * @param speechS how much of him was heard, in seconds
   */
  Normaliser of(Normaliser training, NormaliserStatistics own, double speechS);

  /** Everybody by the training set's: a recording alone is enough. */
  record Corpus() implements Normalisation {
    @Override
    public String label() {
      return "corpus";
    }

    @Override
    public Normaliser of(Normaliser training, NormaliserStatistics own, double speechS) {
      return training;
    }
  }

  /**
   * Everybody by his own, as far as he was heard. It needs no labels, but several recordings of a
   * speaker, or a long one, before the first can be judged: it is transductive.
   *
   * <p>With {@code w = s / (s + prior)} for s seconds of speech, the mean is {@code w own + (1 - w)
   * training}, and so is the variance if the deviation is {@link Deviation#BLENDED}. The weight is
   * that of the posterior mean of a normal distribution whose prior is worth {@code prior} seconds
   * (Gelman and others, "Bayesian Data Analysis", 2.5). So a speaker of whom little was heard is
   * normalised by the training set.
   *
   * @param priorS how many seconds of speech the training set's statistics are worth, 0 or more; 0
   *     takes the speaker's own however little was heard
   * @param deviation what the deviation is taken of
   */
  record Speaker(double priorS, Deviation deviation) implements Normalisation {

    /** Whose deviation. */
    public enum Deviation {
      /** The speaker's and the training set's, as the mean. */
      BLENDED,
      /**
       * The training set's. Who says nothing but neutral sentences has a small deviation; divided
       * by it, they would seem as lively as another's shouting.
       */
      CORPUS;

      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }

      /**
       * @throws IllegalArgumentException naming those that exist
       */
      public static Deviation ofLabel(String label) {
        for (Deviation deviation : values()) {
          if (deviation.label().equals(label)) {
            return deviation;
          }
        }
        throw new IllegalArgumentException("'%s' is none of blended, corpus".formatted(label));
      }
    }

    public Speaker {
      require(
          priorS >= 0 && priorS < Double.POSITIVE_INFINITY,
          "a prior of %s s of speech must be 0 or above",
          priorS);
      Objects.requireNonNull(deviation, "deviation");
    }

    @Override
    public String label() {
      return "speaker";
    }

    @Override
    public Normaliser of(Normaliser training, NormaliserStatistics own, double speechS) {
      require(
          training.bands() == own.bands(),
          "statistics of %s rows cannot be blended with those of %s",
          own.bands(),
          training.bands());
      require(speechS >= 0, "%s s of speech must be 0 or above", speechS);
      if (own.frames() == 0 || speechS == 0) {
        return training;
      }
      double weight = speechS / (speechS + priorS);
      float[] mean = training.mean();
      float[] spread = training.deviation();
      for (int band = 0; band < mean.length; band++) {
        mean[band] = (float) blend(weight, own.meanOf(band), mean[band]);
        if (deviation == Deviation.BLENDED) {
          double variance = (double) spread[band] * spread[band];
          spread[band] = (float) Math.sqrt(blend(weight, own.varianceOf(band), variance));
        }
      }
      return new Normaliser(mean, spread);
    }

    private static double blend(double weight, double own, double training) {
      return weight * own + (1 - weight) * training;
    }
  }
}
