package ser.model.output;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ser.model.input.InputMatrix;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;

/**
 * Whose mean and deviation the scores of a network are normalised by: the logarithms of its
 * probabilities. Speaker verification knows it as score normalisation (Reynolds 1997, "Comparison
 * of background normalization methods for text-independent speaker verification").
 */
public sealed interface ScoreNormalisation extends Serializable {

  /** Whether all that is known of a speaker is needed before any of it can be judged. */
  boolean bySpeaker();

  /**
   * What the network's probabilities are once it is known whose they are.
   *
   * @param ofSpeaker probabilities of all that was heard of one speaker, by label
   * @param speechS how much it was, in seconds
   * @return as many, in the same order
   */
  List<float[]> of(List<float[]> ofSpeaker, double speechS);

  /** The same for a network whose logits are divided by a temperature from now on. */
  ScoreNormalisation dividedBy(double temperature);

  /** Probabilities stay as they are. */
  record None() implements ScoreNormalisation {
    @Override
    public boolean bySpeaker() {
      return false;
    }

    @Override
    public List<float[]> of(List<float[]> ofSpeaker, double speechS) {
      return List.copyOf(ofSpeaker);
    }

    @Override
    public ScoreNormalisation dividedBy(double temperature) {
      return this;
    }
  }

  /**
   * Every speaker's scores get the mean and the deviation that the scores of the training
   * recordings have, as far as he was heard: who sounds sad whatever he says is then judged by how
   * he differs from himself. It is as transductive as the input's {@link Normalisation.Speaker},
   * follows the same rule, and uses no labels either.
   *
   * <p>A score is the logarithm of a probability, not below that of {@link #LEAST_PROBABILITY},
   * less the mean over the labels: the logit, but for a constant that no softmax sees.
   *
   * @param training mean and deviation of the scores of the training recordings, variants not
   *     counted, by label
   * @param rule how a speaker's own are blended with them
   */
  record BySpeaker(Normaliser training, Normalisation.Speaker rule) implements ScoreNormalisation {
    /**
     * What a probability counts at least, so that every score is finite: about the least float of
     * full precision. Any more would bend the scores of a network that is very sure, before a
     * temperature divides them and not after it.
     */
    public static final double LEAST_PROBABILITY = 1e-38;

    public BySpeaker {
      Objects.requireNonNull(training, "training");
      Objects.requireNonNull(rule, "rule");
      require(
          rule.priorS() > 0,
          "a prior of %s s leaves nothing of a speaker who was heard once: it must be above 0",
          rule.priorS());
    }

    /**
     * Statistics of scores: those of the training recordings are what {@code training} is made of.
     *
     * @param probabilities each by label
     * @param labels how many
     */
    public static NormaliserStatistics statistics(List<float[]> probabilities, int labels) {
      NormaliserStatistics statistics = new NormaliserStatistics(labels);
      for (float[] one : probabilities) {
        statistics.add(new InputMatrix(scores(one), 1, 1));
      }
      return statistics;
    }

    @Override
    public boolean bySpeaker() {
      return true;
    }

    /**
     * @throws IllegalArgumentException if there are other labels than in training
     */
    @Override
    public List<float[]> of(List<float[]> ofSpeaker, double speechS) {
      Normaliser own = rule.of(training, statistics(ofSpeaker, training.bands()), speechS);
      float[] mean = own.mean();
      float[] deviation = own.deviation();
      float[] trainingMean = training.mean();
      float[] trainingDeviation = training.deviation();
      List<float[]> normalised = new ArrayList<>(ofSpeaker.size());
      for (float[] one : ofSpeaker) {
        float[] scores = scores(one);
        for (int label = 0; label < scores.length; label++) {
          scores[label] =
              (scores[label] - mean[label]) / deviation[label] * trainingDeviation[label]
                  + trainingMean[label];
        }
        normalised.add(softmax(scores));
      }
      return normalised;
    }

    @Override
    public ScoreNormalisation dividedBy(double temperature) {
      require(temperature > 0, "temperature %s must be above 0", temperature);
      float[] mean = training.mean();
      float[] deviation = training.deviation();
      for (int label = 0; label < mean.length; label++) {
        mean[label] = (float) (mean[label] / temperature);
        deviation[label] = (float) (deviation[label] / temperature);
      }
      return new BySpeaker(new Normaliser(mean, deviation), rule);
    }

    private static float[] scores(float[] probabilities) {
      double[] logarithms = new double[probabilities.length];
      double sum = 0;
      for (int label = 0; label < logarithms.length; label++) {
        logarithms[label] = Math.log(Math.max(probabilities[label], LEAST_PROBABILITY));
        sum += logarithms[label];
      }
      float[] scores = new float[logarithms.length];
      for (int label = 0; label < scores.length; label++) {
        scores[label] = (float) (logarithms[label] - sum / scores.length);
      }
      return scores;
    }

    private static float[] softmax(float[] scores) {
      double largest = Double.NEGATIVE_INFINITY;
      for (float score : scores) {
        largest = Math.max(largest, score);
      }
      double[] powers = new double[scores.length];
      double sum = 0;
      for (int label = 0; label < scores.length; label++) {
        powers[label] = Math.exp(scores[label] - largest);
        sum += powers[label];
      }
      float[] probabilities = new float[scores.length];
      for (int label = 0; label < scores.length; label++) {
        probabilities[label] = (float) (powers[label] / sum);
      }
      return probabilities;
    }
  }
}
