package ser.features.spec;

import java.util.Arrays;
import java.util.Locale;

/**
 * How frequencies are spaced as the ear hears them; librosa's {@code htk=False} and {@code True}.
 */
public enum MelScale {
  /**
   * Slaney, "Auditory Toolbox" (1998): {@code 3 f / 200} below 1000 Hz, {@code 15 + 27 ln(f / 1000)
   * / ln(6.4)} above.
   */
  SLANEY {
    @Override
    public double melOf(double hz) {
      return hz < 1000 ? 3 * hz / 200 : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
    }

    @Override
    public double hzOf(double mel) {
      return mel < 15 ? 200 * mel / 3 : 1000 * Math.exp((mel - 15) * Math.log(6.4) / 27);
    }
  },
  /** The HTK Book (2006), 5.4: {@code 2595 log10(1 + f / 700)}. */
  HTK {
    @Override
    public double melOf(double hz) {
      return 2595 * Math.log10(1 + hz / 700);
    }

    @Override
    public double hzOf(double mel) {
      return 700 * (Math.pow(10, mel / 2595) - 1);
    }
  };

  public abstract double melOf(double hz);

  public abstract double hzOf(double mel);

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the scales that exist, if there is none of that name
   */
  public static MelScale of(String label) {
    return Labels.find(Arrays.asList(values()), MelScale::label, label, "mel scale");
  }
}
