package ser.model.drift;

import static ser.model.drift.Finding.Measure.BANDWIDTH;
import static ser.model.drift.Finding.Measure.CONFIDENCE;
import static ser.model.drift.Finding.Measure.EMOTIONS;
import static ser.model.drift.Finding.Measure.INPUT;
import static ser.model.drift.Finding.Measure.SAMPLE_RATE;
import static ser.model.drift.Finding.Verdict.ALIKE;
import static ser.model.drift.Finding.Verdict.DRIFTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.file.ModelInput;
import ser.model.input.InputRows;

/**
 * Compares what a run has heard with what its model was trained on: a model is only as good as it
 * was found to be where the two are alike.
 *
 * <ul>
 *   <li>Emotions: {@link EmotionShares#stability} against what the model gave to held-out
 *       recordings, else against the training labels. The limit rises to what chance alone passes
 *       in one of a hundred runs of that size: of two samples of n and m the index is about a
 *       chi-squared variable times {@code 1/n + 1/m} (Yurdakul and Naranjo 2020, "Statistical
 *       properties of the population stability index").
 *   <li>Confidence: the difference of the means, which predicts how far accuracy falls: Guillory et
 *       al. 2021, "Predicting with Confidence on Unseen Distributions". The limit rises with chance
 *       likewise.
 *   <li>Levels: the mean distance of the input's rows from their training means, in training
 *       deviations; derivatives are left out. 0.2 is small, 0.5 medium, 0.8 large: Cohen 1988,
 *       "Statistical Power Analysis for the Behavioral Sciences".
 *   <li>Sample rate: the share of recordings of a lower one than was trained on.
 *   <li>Bandwidth: where the mean log-mel spectrum ends, for recordings whose rate says more than
 *       there is in them.
 * </ul>
 *
 * @param findings one for each comparison
 */
public record Drift(List<Finding> findings) {
  /** A rate or bandwidth that is lower by less is the same. */
  private static final double NARROWER = 0.9;

  /** Bands are wide: the one where a spectrum ends may be the next. */
  private static final double NARROWER_BANDWIDTH = 0.75;

  /** Of the standard normal distribution, for one of a hundred on one side, and on both. */
  private static final double ONE_SIDED = 2.326;

  private static final double TWO_SIDED = 2.576;

  /** Fewer independent windows do not tell how much they vary. */
  private static final double FEWEST_WINDOWS = 5;

  private static final String NOT_KNOWN = "not known: the model file does not say";

  public Drift {
    findings = List.copyOf(findings);
  }

  public static Drift of(
      TrainingReference training, ModelInput input, Heard heard, DriftLimits limits) {
    List<Finding> findings = new ArrayList<>();
    findings.add(emotions(training, heard, limits));
    findings.add(confidence(training, heard, limits));
    findings.add(levels(input, heard, limits));
    if (input.featureSpec().sampleRateHz() != FeatureSpec.NATIVE_RATE) {
      findings.add(sampleRate(training, input.featureSpec(), heard, limits));
    }
    MelRows mel = MelRows.of(input);
    if (!mel.bands().isEmpty() && heard.levels().frames() > 0) {
      findings.add(bandwidth(training, mel, input, heard));
    }
    return new Drift(findings);
  }

  /** Sentences for an operator; none if nothing has drifted. */
  public List<String> warnings() {
    return findings.stream()
        .filter(finding -> finding.verdict() == DRIFTED)
        .map(Finding::warning)
        .toList();
  }

  private static Finding emotions(TrainingReference training, Heard heard, DriftLimits limits) {
    Optional<EmotionShares> expected =
        training.heldOut().map(TrainingReference.HeldOut::predicted).or(training::trained);
    if (expected.isEmpty() || heard.emotions().isEmpty()) {
      return Finding.unknown(
          EMOTIONS,
          heard.emotions().map(Drift::written).orElse("none was given"),
          expected.map(Drift::written).orElse(NOT_KNOWN));
    }
    double distance = heard.emotions().get().stability(expected.get());
    double recordings =
        training.heldOut().map(h -> (double) h.recordings()).orElse(Double.POSITIVE_INFINITY);
    double byChance =
        chiSquared(Math.max(1, expected.get().shares().size() - 1))
            * (1 / heard.independentWindows() + 1 / recordings);
    double limit = Math.max(limits.emotionStability(), byChance);
    return new Finding(
        EMOTIONS,
        written(heard.emotions().get()),
        written(expected.get()),
        format(
            "PSI %.2f, JS %.2f bit", distance, heard.emotions().get().divergence(expected.get())),
        format("PSI %.2f", limit),
        distance > limit ? DRIFTED : ALIKE,
        distance > limit
            ? format(
                "The emotions are divided otherwise than with the recordings that the model was"
                    + " tested on (population stability index %.2f, limit %.2f)",
                distance, limit)
            : "");
  }

  private static Finding confidence(TrainingReference training, Heard heard, DriftLimits limits) {
    String run = percent(heard.confidence().mean());
    if (training.heldOut().isEmpty() || heard.confidence().windows() == 0) {
      return Finding.unknown(
          CONFIDENCE,
          heard.confidence().windows() == 0 ? "no speech" : run,
          training.heldOut().map(held -> percent(held.confidence())).orElse(NOT_KNOWN));
    }
    double expected = training.heldOut().get().confidence();
    double independent = heard.independentWindows();
    if (independent < FEWEST_WINDOWS) {
      return Finding.unknown(
          CONFIDENCE,
          run + ", of too little speech to judge by",
          percent(expected) + " on held-out recordings");
    }
    double change = heard.confidence().mean() - expected;
    double limit =
        Math.max(
            limits.confidenceChange(),
            student(independent - 1) * heard.confidence().deviation() / Math.sqrt(independent - 1));
    boolean drifted = Math.abs(change) > limit;
    return new Finding(
        CONFIDENCE,
        run,
        percent(expected) + " on held-out recordings",
        format("%+.1f points", 100 * change),
        format("%.1f points", 100 * limit),
        drifted ? DRIFTED : ALIKE,
        drifted
            ? format(
                "The mean confidence is %s, and was %s on held-out recordings: expect accuracy to"
                    + " differ by as much",
                run, percent(expected))
            : "");
  }

  private static Finding levels(ModelInput input, Heard heard, DriftLimits limits) {
    if (heard.levels().frames() == 0) {
      return Finding.unknown(INPUT, "no speech", "in the model file");
    }
    float[] mean = input.normaliser().mean();
    float[] deviation = input.normaliser().deviation();
    List<Integer> rows = levelRows(input);
    double sum = 0;
    double most = 0;
    for (int row : rows) {
      double shift = (heard.levels().meanOf(row) - mean[row]) / deviation[row];
      sum += Math.abs(shift);
      most = Math.abs(shift) > Math.abs(most) ? shift : most;
    }
    double distance = sum / Math.max(1, rows.size());
    boolean drifted = distance > limits.inputShift();
    return new Finding(
        INPUT,
        format("%,d frames", heard.levels().frames()),
        format("%d rows of the normaliser", rows.size()),
        format("%.2f deviations on average, %+.2f at most", distance, most),
        format("%.2f", limits.inputShift()),
        drifted ? DRIFTED : ALIKE,
        drifted
            ? format(
                "The levels of the features differ from the training data by %.2f deviations on"
                    + " average (limit %.2f): another channel, microphone or loudness",
                distance, limits.inputShift())
            : "");
  }

  private static Finding sampleRate(
      TrainingReference training, FeatureSpec spec, Heard heard, DriftLimits limits) {
    int trained =
        Math.min(spec.sampleRateHz(), training.lowestRateHz().orElse(spec.sampleRateHz()));
    double needed = NARROWER * Math.min(trained, 2 * MelRows.topHz(spec));
    long all = heard.sampleRatesHz().values().stream().mapToLong(Long::longValue).sum();
    long narrow =
        heard.sampleRatesHz().headMap((int) Math.ceil(needed)).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    String run = heard.sampleRatesHz().isEmpty() ? "nothing was read" : rates(heard);
    String expected =
        training.lowestRateHz().isPresent()
            ? format("%,d Hz", trained)
            : format("not known; the model's features are of %,d Hz", spec.sampleRateHz());
    if (all == 0) {
      return Finding.unknown(SAMPLE_RATE, run, expected);
    }
    double share = (double) narrow / all;
    boolean drifted = share > limits.narrowShare();
    return new Finding(
        SAMPLE_RATE,
        run,
        expected,
        percent(share) + " are lower",
        percent(limits.narrowShare()),
        drifted ? DRIFTED : ALIKE,
        drifted
            ? format(
                "%s of the recordings have a sample rate below the %,d Hz that the model %s: what"
                    + " is above half of it is missing. Train with the variant telephone, or with"
                    + " ser.features.preset = telephone",
                percent(share),
                trained,
                training.lowestRateHz().isPresent() ? "was trained on" : "works at")
            : "");
  }

  private static Finding bandwidth(
      TrainingReference training, MelRows mel, ModelInput input, Heard heard) {
    float[] mean = input.normaliser().mean();
    // Clips that were filled up with silence have a flat mean spectrum, but no more than their
    // rate.
    double trained =
        Math.min(
            mel.bandwidthHz(row -> mean[row]),
            training.lowestRateHz().map(rate -> rate / 2.0).orElse(Double.POSITIVE_INFINITY));
    double run = mel.bandwidthHz(heard.levels()::meanOf);
    boolean drifted = run < NARROWER_BANDWIDTH * trained;
    return new Finding(
        BANDWIDTH,
        kilohertz(run),
        kilohertz(trained),
        format("%.0f%%", 100 * run / trained),
        format("%.0f%%", 100 * NARROWER_BANDWIDTH),
        drifted ? DRIFTED : ALIKE,
        drifted
            ? format(
                "The speech ends at about %s, that of the training data at %s: it came through a"
                    + " narrower channel",
                kilohertz(run), kilohertz(trained))
            : "");
  }

  /** Rows that are no derivatives, which are around 0 whatever the channel. */
  static List<Integer> levelRows(ModelInput input) {
    List<Integer> levels = new ArrayList<>();
    int row = 0;
    for (List<InputRows> channel : input.inputSpec().channels()) {
      for (InputRows rows : channel) {
        boolean derivative =
            rows.derivative() > 0
                || rows.feature() == Feature.MFCC_DELTA
                || rows.feature() == Feature.MFCC_DELTA2;
        for (int i = 0; i < rows.rows(); i++, row++) {
          if (!derivative) {
            levels.add(row);
          }
        }
      }
    }
    return levels;
  }

  /** The value that one of a hundred passes: Wilson and Hilferty 1931. */
  static double chiSquared(int degrees) {
    double ninth = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - ninth + ONE_SIDED * Math.sqrt(ninth), 3);
  }

  /**
   * What Student's t passes in one of a hundred on either side together, from 4 degrees of freedom:
   * Abramowitz and Stegun 1964, 26.7.5.
   */
  static double student(double degrees) {
    double z = TWO_SIDED;
    double square = z * z;
    return z
        + z * (square + 1) / (4 * degrees)
        + z * (5 * square * square + 16 * square + 3) / (96 * degrees * degrees)
        + z
            * (3 * square * square * square + 19 * square * square + 17 * square - 15)
            / (384 * degrees * degrees * degrees);
  }

  private static String rates(Heard heard) {
    List<String> rates = new ArrayList<>();
    heard
        .sampleRatesHz()
        .forEach((rate, recordings) -> rates.add(format("%,d at %,d Hz", recordings, rate)));
    return rates.size() <= 4
        ? String.join(", ", rates)
        : format(
            "%d rates from %,d to %,d Hz",
            rates.size(), heard.sampleRatesHz().firstKey(), heard.sampleRatesHz().lastKey());
  }

  private static String written(EmotionShares shares) {
    List<String> parts = new ArrayList<>();
    shares.shares().forEach((emotion, share) -> parts.add(emotion.label() + " " + percent(share)));
    return String.join(", ", parts);
  }

  private static String percent(double share) {
    return format("%.1f%%", 100 * share);
  }

  private static String kilohertz(double hz) {
    return format("%.1f kHz", hz / 1000);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
