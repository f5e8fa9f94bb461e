package ser.features.signal;

import ser.features.spec.ChromaSpec;

/**
 * Power of the 12 pitch classes, the largest of each frame 1: {@code
 * librosa.feature.chroma_stft(S=power)}. A silent frame is 0 throughout.
 *
 * <p>If the tuning is estimated, it is known after the last frame only: then the first pass over
 * the frames gathers pitches, and a second one projects. Keeping all spectra instead would take a
 * multiple of the memory of the samples. Holds scratch buffers: not safe for use by several
 * threads.
 */
public final class Chroma implements SpectralStage {
  private final int sampleRateHz;
  private final int nFft;
  private final ChromaSpec spec;
  private final TuningEstimate estimate;
  private final double[] classes = new double[ChromaFilterBank.CLASSES];
  private ChromaFilterBank bank;
  private double tuning;
  private boolean tuned;
  private int frames;
  private float[] values;

  /**
   * @param sampleRateHz rate of the samples behind the spectra
   * @param nFft FFT size in samples
   */
  public Chroma(int sampleRateHz, int nFft, ChromaSpec spec) {
    this.sampleRateHz = sampleRateHz;
    this.nFft = nFft;
    this.spec = spec;
    estimate = new TuningEstimate(sampleRateHz, nFft);
    tune(spec.tuning());
  }

  private void tune(double semitones) {
    if (bank == null || semitones != tuning) {
      bank = new ChromaFilterBank(sampleRateHz, nFft, semitones);
      tuning = semitones;
    }
  }

  @Override
  public void begin(int frames, float[] values) {
    this.frames = frames;
    this.values = values;
    tuned = !spec.estimated();
    estimate.begin();
  }

  @Override
  public void accept(int t, FrameSpectrum spectrum) {
    if (tuned) {
      project(t, spectrum.power());
    } else {
      estimate.accept(spectrum.power());
    }
  }

  @Override
  public boolean finish() {
    if (tuned) {
      return false;
    }
    tune(estimate.finish());
    tuned = true;
    return true;
  }

  private void project(int t, double[] power) {
    bank.apply(power, classes);
    double largest = 0;
    for (double strength : classes) {
      largest = Math.max(largest, strength);
    }
    double scale = largest < Double.MIN_NORMAL ? 1 : largest;
    for (int c = 0; c < classes.length; c++) {
      values[c * frames + t] = (float) (classes[c] / scale);
    }
  }
}
