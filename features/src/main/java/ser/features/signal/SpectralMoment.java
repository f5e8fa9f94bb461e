package ser.features.signal;

/**
 * A number per frame that is read off its spectrum alone.
 *
 * <p>All follow {@code librosa.feature.spectral_*} with its default parameters and frequencies
 * {@code f[k] = k rate / N}. A silent frame has centroid, bandwidth and roll-off 0 and flatness 1.
 */
public enum SpectralMoment {
  /** {@code sum f M / sum M}, M the magnitude; in Hz. */
  CENTROID {
    @Override
    double of(FrameSpectrum spectrum, double binHz) {
      double[] magnitude = spectrum.magnitude();
      double sum = 0;
      double weighted = 0;
      for (int k = 0; k < magnitude.length; k++) {
        sum += magnitude[k];
        weighted += k * magnitude[k];
      }
      return sum < Double.MIN_NORMAL ? 0 : weighted / sum * binHz;
    }
  },

  /** {@code sqrt(sum (f - centroid)^2 M / sum M)}, in Hz. */
  BANDWIDTH {
    @Override
    double of(FrameSpectrum spectrum, double binHz) {
      double[] magnitude = spectrum.magnitude();
      double centre = CENTROID.of(spectrum, binHz) / binHz;
      double sum = 0;
      double weighted = 0;
      for (int k = 0; k < magnitude.length; k++) {
        double away = k - centre;
        sum += magnitude[k];
        weighted += away * away * magnitude[k];
      }
      return sum < Double.MIN_NORMAL ? 0 : Math.sqrt(weighted / sum) * binHz;
    }
  },

  /** The first frequency up to which lies at least 0.85 of all magnitude, in Hz. */
  ROLLOFF {
    @Override
    double of(FrameSpectrum spectrum, double binHz) {
      double[] magnitude = spectrum.magnitude();
      double sum = 0;
      for (double m : magnitude) {
        sum += m;
      }
      double threshold = ROLLOFF_SHARE * sum;
      double below = 0;
      int k = 0;
      for (; k < magnitude.length - 1; k++) {
        below += magnitude[k];
        if (below >= threshold) {
          break;
        }
      }
      return k * binHz;
    }
  },

  /** Geometric by arithmetic mean of {@code max(M^2, 1e-10)}. */
  FLATNESS {
    @Override
    double of(FrameSpectrum spectrum, double binHz) {
      double[] power = spectrum.power();
      double sum = 0;
      double logs = 0;
      // A logarithm for three bins: more could overflow in float samples far beyond full scale.
      double product = 1;
      int factors = 0;
      for (double p : power) {
        double raised = Math.max(p, MIN_POWER);
        sum += raised;
        product *= raised;
        if (++factors == 3) {
          logs += Math.log(product);
          product = 1;
          factors = 0;
        }
      }
      logs += Math.log(product);
      return Math.exp(logs / power.length) / (sum / power.length);
    }
  };

  private static final double ROLLOFF_SHARE = 0.85;
  private static final double MIN_POWER = 1e-10;

  /**
   * @param binHz step from one frequency bin to the next
   */
  abstract double of(FrameSpectrum spectrum, double binHz);

  /**
   * @param sampleRateHz rate of the samples behind the spectra
   * @param nFft FFT size in samples
   */
  public SpectralStage stage(int sampleRateHz, int nFft) {
    double binHz = (double) sampleRateHz / nFft;
    return new SpectralStage() {
      private float[] values;

      @Override
      public void begin(int frames, float[] values) {
        this.values = values;
      }

      @Override
      public void accept(int t, FrameSpectrum spectrum) {
        values[t] = (float) of(spectrum, binHz);
      }
    };
  }
}
