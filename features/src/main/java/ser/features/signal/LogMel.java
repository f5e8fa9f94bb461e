package ser.features.signal;

import ser.features.spec.MelSpec;

/**
 * The mel spectrogram in decibels, from blocks of power spectra: {@code
 * power_to_db(melspectrogram(S=power ** (spec.power() / 2)))}. Holds scratch buffers: not safe for
 * use by several threads.
 */
public final class LogMel {
  private final boolean magnitude;
  private final DecibelScale decibelScale;
  private final MelFilterBank filterBank;
  private final float[][] mel;

  /**
   * @param sampleRateHz rate of the samples behind the spectra
   * @param nFft FFT size in samples
   * @throws IllegalArgumentException if the bands reach beyond half the rate
   */
  public LogMel(int sampleRateHz, int nFft, MelSpec spec) {
    magnitude = spec.power() == 1;
    decibelScale = new DecibelScale(spec.topDb());
    filterBank = new MelFilterBank(sampleRateHz, nFft, spec);
    mel = new float[spec.bands()][PowerSpectrum.BATCH];
  }

  /**
   * Frames {@code firstFrame .. firstFrame + count - 1}, not yet cut.
   *
   * @param count at most BATCH
   * @param power shape [nFft / 2 + 1][BATCH]; becomes the magnitude if that is asked for
   * @param logMel receives row-major, shape [bands][frames]
   */
  public void accept(float[][] power, int firstFrame, int count, int frames, float[] logMel) {
    if (magnitude) {
      for (float[] row : power) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) Math.sqrt(row[i]);
        }
      }
    }
    filterBank.apply(power, mel);
    for (int band = 0; band < mel.length; band++) {
      decibelScale.convert(mel[band], logMel, band * frames + firstFrame, count);
    }
  }

  /** After the last block: cuts at {@code top_db} below the loudest. */
  public void finish(float[] logMel) {
    decibelScale.cutBelowPeak(logMel);
  }
}
