package ser.model.metrics;

/**
 * Makes probabilities mean what they say: all logits are divided by one number, the temperature,
 * which is fitted on recordings that the network has not learnt from (Guo et al. 2017, "On
 * Calibration of Modern Neural Networks"). Above 1 makes it less sure, below 1 surer. No answer
 * changes, for the most probable emotion stays so.
 *
 * <p>Of probabilities p, {@code p^(1/T)} made to sum to 1 are those of the divided logits: the
 * logits themselves are not needed.
 *
 * @param temperature above 0; 1 changes nothing
 */
public record TemperatureScaling(double temperature) {
  /** Temperatures that are fitted, at most and, as its inverse, at least. */
  public static final double MOST = 10;

  /** With fewer recordings than this, the temperature would be an accident. */
  public static final int LEAST_RECORDINGS = 50;

  /** Stands for probabilities that single precision has rounded to 0. */
  private static final double LEAST_PROBABILITY = 1e-38;

  private static final int HALVINGS = 50;

  public TemperatureScaling {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature %s must be above 0".formatted(temperature));
    }
  }

  /** Changes nothing. */
  public static TemperatureScaling none() {
    return new TemperatureScaling(1);
  }

  /**
   * The temperature at which the predictions have the smallest mean negative log-likelihood, which
   * is convex in its inverse. With fewer than {@value #LEAST_RECORDINGS} it is 1.
   *
   * @param validation predictions for recordings that the network has not learnt from; never those
   *     of the test
   */
  public static TemperatureScaling fit(Predictions validation) {
    if (validation.size() < LEAST_RECORDINGS) {
      return none();
    }
    double[][] logits =
        validation.all().stream().map(TemperatureScaling::logits).toArray(double[][]::new);
    double truth = truth(validation, logits);
    double low = 1 / MOST;
    double high = MOST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(logits, truth, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return new TemperatureScaling(2 / (low + high));
  }

  /** The predictions at this temperature. */
  public Predictions of(Predictions predictions) {
    return temperature == 1
        ? predictions
        : new Predictions(
            predictions.labels(),
            predictions.all().stream()
                .map(
                    prediction ->
                        new Prediction(
                            prediction.subject(), prediction.actual(), scaled(prediction)))
                .toList());
  }

  /** What undoes this one. */
  public TemperatureScaling inverse() {
    return new TemperatureScaling(1 / temperature);
  }

  /** Mean negative logarithm of the probability of what the recordings are. */
  public static double negativeLogLikelihood(Predictions predictions) {
    return predictions.all().stream()
        .mapToDouble(
            prediction ->
                -Math.log(Math.max(LEAST_PROBABILITY, predictions.probabilityOfTruth(prediction))))
        .average()
        .orElseThrow(() -> new IllegalArgumentException("there are no predictions"));
  }

  private float[] scaled(Prediction prediction) {
    double[] p = at(logits(prediction), 1 / temperature);
    float[] scaled = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      scaled[i] = (float) p[i];
    }
    return scaled;
  }

  /** Of the likelihood by the inverse temperature: mean logit, less that of the truth. */
  private static double slope(double[][] logits, double truth, double inverse) {
    double sum = -truth;
    for (double[] row : logits) {
      double[] p = at(row, inverse);
      for (int i = 0; i < p.length; i++) {
        sum += p[i] * row[i];
      }
    }
    return sum / logits.length;
  }

  /** Sum of the logits of what the recordings are. */
  private static double truth(Predictions predictions, double[][] logits) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += logits[i][predictions.labels().indexOf(predictions.all().get(i).actual())];
    }
    return sum;
  }

  private static double[] at(double[] logits, double inverse) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, inverse * logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(inverse * logits[i] - largest);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static double[] logits(Prediction prediction) {
    double[] logits = new double[prediction.labels()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.log(Math.max(LEAST_PROBABILITY, prediction.probabilityOf(i)));
    }
    return logits;
  }
}
