package ser.model.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.MelSpec;
import ser.model.file.ModelInput;
import ser.model.input.InputRows;

/**
 * Which rows of a network's input are levels of a frequency.
 *
 * @param bands of log-mel, from the lowest on; empty if the input has none, or if recordings keep
 *     their own rates, so that a band has no one frequency
 */
public record MelRows(List<Band> bands) {
  /**
   * A band counts as heard if its mean level is not further than this below that of the loudest, in
   * dB. The bands of studio speech at 22 kHz end some 30 dB below it; what a resampled telephone
   * call has above 4 kHz is {@code top_db} (80) below the loudest moment of each window.
   */
  private static final double HEARD_DB = 40;

  /**
   * One row of the input.
   *
   * @param row of all rows
   * @param centreHz of the band
   */
  public record Band(int row, double centreHz) {}

  public MelRows {
    bands = List.copyOf(bands);
  }

  public static MelRows of(ModelInput input) {
    List<Band> bands = new ArrayList<>();
    FeatureSpec spec = input.featureSpec();
    if (spec.sampleRateHz() != FeatureSpec.NATIVE_RATE) {
      int row = 0;
      for (List<InputRows> channel : input.inputSpec().channels()) {
        for (InputRows rows : channel) {
          if (bands.isEmpty() && rows.feature() == Feature.LOG_MEL && rows.derivative() == 0) {
            for (int band = 0; band < rows.rows(); band++) {
              bands.add(new Band(row + band, centreHz(spec, band)));
            }
          }
          row += rows.rows();
        }
      }
    }
    return new MelRows(bands);
  }

  /**
   * Up to where there is sound.
   *
   * @param levels mean level by row of the input, in dB
   * @return centre of the highest band that is heard, in Hz; 0 without bands
   */
  public double bandwidthHz(IntToDoubleFunction levels) {
    double loudest =
        bands.stream().mapToDouble(band -> levels.applyAsDouble(band.row())).max().orElse(0);
    return bands.stream()
        .filter(band -> levels.applyAsDouble(band.row()) >= loudest - HEARD_DB)
        .mapToDouble(Band::centreHz)
        .max()
        .orElse(0);
  }

  private static double centreHz(FeatureSpec spec, int band) {
    MelSpec mel = spec.mel();
    double from = mel.scale().melOf(mel.fMinHz());
    double to = mel.scale().melOf(topHz(spec));
    return mel.scale().hzOf(from + (to - from) * (band + 1) / (mel.bands() + 1));
  }

  /** Where the highest band ends, at most half the rate. */
  static double topHz(FeatureSpec spec) {
    return spec.mel().fMaxHz() == 0 ? spec.sampleRateHz() / 2.0 : spec.mel().fMaxHz();
  }
}
