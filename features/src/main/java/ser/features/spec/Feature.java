package ser.features.spec;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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
  RMS,
  /** Mean frequency of the magnitude spectrum, in Hz. */
  SPECTRAL_CENTROID,
  /** Deviation of the magnitude spectrum around its centroid, in Hz. */
  SPECTRAL_BANDWIDTH,
  /** Frequency below which 85% of the magnitude lies, in Hz. */
  SPECTRAL_ROLLOFF,
  /** Geometric by arithmetic mean of the power spectrum: 1 for white noise. */
  SPECTRAL_FLATNESS,
  /** Peaks against valleys of the spectrum in each octave, in decibels. */
  SPECTRAL_CONTRAST,
  /** Power of the 12 pitch classes from C, the largest of each frame 1. */
  CHROMA,
  /** Fundamental frequency by YIN, in Hz. */
  PITCH;

  /** What is computed unless other columns are named, and all that the recipes need. */
  public static final Set<Feature> STANDARD =
      Collections.unmodifiableSet(EnumSet.range(LOG_MEL, RMS));

  /** Whether it is computed from mel bands. */
  public boolean usesMel() {
    return compareTo(MFCC_DELTA2) <= 0;
  }

  /** Whether it is computed from MFCC. */
  public boolean usesMfcc() {
    return usesMel() && this != LOG_MEL;
  }

  /** The name in tables and files: {@code log_mel}, {@code mfcc_delta2}. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the features that exist, if there is none of that name
   */
  public static Feature ofColumnName(String columnName) {
    return Labels.find(Arrays.asList(values()), Feature::columnName, columnName, "feature");
  }
}
