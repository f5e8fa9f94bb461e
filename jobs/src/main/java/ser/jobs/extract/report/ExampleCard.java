package ser.jobs.extract.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.report.chart.Axis;
import ser.report.chart.HeatMap;
import ser.report.chart.Waveform;
import ser.report.image.ColourMap;
import ser.report.image.Matrix;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Hint;
import ser.report.text.Numbers;

/** One recording as the tutorials' notebooks show it: samples, log-mel, MFCC, below each other. */
final class ExampleCard {
  private static final int TIME_TICKS = 7;
  private static final int COEFFICIENT_TICKS = 5;

  private final FeatureSpec spec;

  ExampleCard(FeatureSpec spec) {
    this.spec = spec;
  }

  /**
   * @param envelope of its samples; empty if it could not be read again
   */
  Markup of(Example example, Optional<Envelope> envelope) {
    List<Markup> parts = new ArrayList<>();
    parts.add(
        new Hint(
            List.of(
                Markup.name(example.recording()),
                Markup.text(
                    " · %s · %s · %s Hz"
                        .formatted(
                            example.speaker(),
                            Numbers.duration(example.durationS()),
                            Numbers.count(example.rateHz()))))));
    parts.add(envelope.map(found -> samples(example, found)).orElseGet(ExampleCard::noSamples));
    Optional.ofNullable(example.pictures().get(Feature.LOG_MEL))
        .ifPresent(matrix -> parts.add(logMel(example, matrix)));
    Optional.ofNullable(example.pictures().get(Feature.MFCC))
        .filter(matrix -> matrix.rows() > 1)
        .ifPresent(matrix -> parts.add(mfcc(example, matrix)));
    return new Card(example.emotion(), parts);
  }

  private static Markup samples(Example example, Envelope envelope) {
    return new Waveform(
        "Samples over time of %s, an example of %s"
            .formatted(example.recording(), example.emotion()),
        envelope.low(),
        envelope.high(),
        example.durationS());
  }

  private static Markup noSamples() {
    return Hint.of(
        "No picture of the samples: the recording could not be read again. The log says why.");
  }

  private Markup logMel(Example example, Matrix matrix) {
    return new HeatMap(
        "Log-mel spectrogram of %s, an example of %s"
            .formatted(example.recording(), example.emotion()),
        matrix,
        HeatMap.Colours.over(matrix, ColourMap.MAGMA, "dB"),
        time(example),
        MelAxis.of(spec.mel(), spec.rateFor(example.rateHz())));
  }

  /** Without the first one, the loudness: it is ten times larger than the others. */
  private Markup mfcc(Example example, Matrix matrix) {
    Matrix shape = matrix.fromRow(1);
    return new HeatMap(
        "Mel-frequency cepstral coefficients of %s, an example of %s"
            .formatted(example.recording(), example.emotion()),
        shape,
        HeatMap.Colours.overMost(shape, ColourMap.VIRIDIS, ""),
        time(example),
        Axis.linear("MFCC", 0.5, matrix.rows() - 0.5, COEFFICIENT_TICKS));
  }

  /** Frame t is centred on t hops. */
  private Axis time(Example example) {
    double hopS = (double) spec.frames().hopLength() / spec.rateFor(example.rateHz());
    return Axis.linear("seconds", -hopS / 2, (example.frames() - 0.5) * hopS, TIME_TICKS);
  }
}
