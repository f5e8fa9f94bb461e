package ser.features.spec;

import java.util.Arrays;
import java.util.Locale;

/**
 * Shape of the analysis window, periodic as librosa makes it: {@code w[i] = sum_m (-1)^m a_m cos(2
 * pi m i / W)}; {@code scipy.signal.get_window(name, W, fftbins=True)}.
 */
public enum Window {
  HANN(0.5, 0.5),
  HAMMING(0.54, 0.46),
  BLACKMAN(0.42, 0.5, 0.08),
  /** No window: every sample counts alike. */
  BOXCAR(1);

  private final double[] terms;

  Window(double... terms) {
    this.terms = terms;
  }

  /** The weight of sample {@code i} of a window of {@code length} samples. */
  public double weight(int i, int length) {
    double weight = 0;
    for (int m = 0; m < terms.length; m++) {
      double term = terms[m] * Math.cos(2 * Math.PI * m * i / length);
      weight += m % 2 == 0 ? term : -term;
    }
    return weight;
  }

  /** As librosa and the settings spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the windows that exist, if there is none of that name
   */
  public static Window of(String label) {
    return Labels.find(Arrays.asList(values()), Window::label, label, "window");
  }
}
