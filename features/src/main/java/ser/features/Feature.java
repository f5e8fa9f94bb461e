package ser.features;

import java.util.Locale;

/**
 * What can be computed from a clip; the order is the order of the columns in the features table.
 */
public enum Feature {
  /** Mel spectrogram in decibels. */
  LOG_MEL,
  /** Mel-frequency cepstral coefficients. */
  MFCC,
  /** First derivative of the MFCC over time. */
  MFCC_DELTA,
  /** Second derivative of the MFCC over time. */
  MFCC_DELTA2,
  /** Share of neighbouring samples that differ in sign. */
  ZCR,
  /** Root mean square of the samples of each frame. */
  RMS;

  /** The name in tables and files: {@code log_mel}, {@code mfcc_delta2}. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the features that exist, if there is none of that name
   */
  public static Feature ofColumnName(String columnName) {
    for (Feature feature : values()) {
      if (feature.columnName().equals(columnName)) {
        return feature;
      }
    }
    throw new IllegalArgumentException(
        "No feature is called '%s'; there are log_mel, mfcc, mfcc_delta, mfcc_delta2, zcr, rms"
            .formatted(columnName));
  }
}
