package ser.features.signal;

import java.util.Arrays;
import ser.features.spec.FrameSpec;

/**
 * Magnitude and power of each frequency of one frame, in double precision: librosa's {@code
 * abs(stft(y))} of float64 samples.
 *
 * <p>{@link PowerSpectrum} is several times faster in single precision, and its rounding, a
 * ten-millionth of the frame's peak, is nothing to a mel band. It is everything to the quietest
 * bins, which decide the valleys of the contrast, and to the choices of one bin over its neighbour
 * that roll-off and tuning are made of.
 *
 * <p>Holds scratch buffers: not safe for use by several threads.
 */
public final class FrameSpectrum {
  private final FrameSpec spec;
  private final double[] window;
  private final DoubleFft fft;
  private final double[] frame;
  private final double[] real;
  private final double[] imaginary;
  private final double[] power;
  private final double[] magnitude;

  public FrameSpectrum(FrameSpec spec) {
    this.spec = spec;
    int bins = spec.nFft() / 2 + 1;
    window = AnalysisWindow.of(spec);
    fft = new DoubleFft(spec.nFft());
    frame = new double[spec.nFft()];
    real = new double[bins];
    imaginary = new double[bins];
    power = new double[bins];
    magnitude = new double[bins];
  }

  /** Frequency bins: {@code nFft / 2 + 1}. */
  public int bins() {
    return power.length;
  }

  /** Shape [bins], of the frame loaded last; the next one overwrites it. */
  public double[] power() {
    return power;
  }

  /** Shape [bins], of the frame loaded last; the next one overwrites it. */
  public double[] magnitude() {
    return magnitude;
  }

  /**
   * Transforms frame {@code t}; samples outside the given ones count as 0.
   *
   * @param samples fractions of full scale
   * @param offset index of the first sample
   * @param length number of samples
   */
  public void load(float[] samples, int offset, int length, int t) {
    copyFrame(spec, samples, offset, length, t, frame);
    for (int i = 0; i < frame.length; i++) {
      frame[i] *= window[i];
    }
    fft.transform(frame, real, imaginary);
    for (int k = 0; k < power.length; k++) {
      power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
      magnitude[k] = Math.sqrt(power[k]);
    }
  }

  /** The first {@code nFft} values become frame {@code t}, with zeros outside the given samples. */
  static void copyFrame(
      FrameSpec spec, float[] samples, int offset, int length, int t, double[] frame) {
    int nFft = spec.nFft();
    long start = (long) t * spec.hopLength() + spec.firstSample();
    int from = (int) Math.min(nFft, Math.max(0, -start));
    int to = (int) Math.max(from, Math.min(nFft, length - start));
    Arrays.fill(frame, 0, from, 0);
    for (int i = from; i < to; i++) {
      frame[i] = samples[(int) (offset + start + i)];
    }
    Arrays.fill(frame, to, nFft, 0);
  }
}
