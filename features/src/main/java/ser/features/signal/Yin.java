package ser.features.signal;

import java.util.Arrays;
import ser.features.spec.FrameSpec;
import ser.features.spec.PitchSpec;

/**
 * Fundamental frequency of each frame by YIN (de Cheveigne and Kawahara, JASA 111, 2002) as {@code
 * librosa.yin} has it: {@code d(tau) = sum_j (y[j] - y[j + tau])^2}, samples beyond the frame 0;
 * {@code d'(tau) = d(tau) / mean(d(1..tau))}; the first local minimum of d' below the threshold,
 * else the lowest of all; placed by a parabola. Every frame has a pitch, voiced or not; a silent
 * one has the highest that can be.
 *
 * <p>The frames are not windowed, so this shares no transform with the spectral features: the sums
 * come from the frame's autocorrelation, by an FFT of twice its length in double precision. Holds
 * scratch buffers: not safe for use by several threads.
 */
public final class Yin {
  private final FrameSpec frames;
  private final int sampleRateHz;
  private final double threshold;
  private final int minPeriod;
  private final int maxPeriod;
  private final DoubleFft fft;
  private final double[] frame;
  private final double[] real;
  private final double[] imaginary;
  private final double[] difference;

  /**
   * @param sampleRateHz rate of the samples, at least twice the highest pitch
   * @param frames a frame holds more than one period of the lowest pitch
   */
  public Yin(int sampleRateHz, FrameSpec frames, PitchSpec spec) {
    this.frames = frames;
    this.sampleRateHz = sampleRateHz;
    threshold = spec.troughThreshold();
    minPeriod = (int) Math.floor(sampleRateHz / spec.fMaxHz());
    maxPeriod = (int) Math.min(Math.ceil(sampleRateHz / spec.fMinHz()), frames.nFft() - 1);
    int padded = 2 * frames.nFft();
    fft = new DoubleFft(padded);
    frame = new double[padded];
    real = new double[padded / 2 + 1];
    imaginary = new double[padded / 2 + 1];
    difference = new double[maxPeriod + 1];
  }

  /**
   * @param pitch receives one value per frame in Hz, {@code framesOf(length)} of them
   */
  public void apply(float[] samples, int offset, int length, float[] pitch) {
    int count = frames.framesOf(length);
    for (int t = 0; t < count; t++) {
      FrameSpectrum.copyFrame(frames, samples, offset, length, t, frame);
      normalisedDifference();
      pitch[t] = (float) (sampleRateHz / period());
    }
  }

  private void normalisedDifference() {
    int size = frames.nFft();
    // The energy of the first tau samples, in place of d for now.
    // librosa 0.11 forgets the first sample at period 1, and with it changes every mean below.
    double energy = frame[0] * frame[0];
    difference[1] = 0;
    for (int tau = 2; tau <= maxPeriod; tau++) {
      energy += frame[tau - 1] * frame[tau - 1];
      difference[tau] = energy;
    }
    autocorrelate(size);
    double sum = 0;
    for (int tau = 1; tau <= maxPeriod; tau++) {
      double d = 2 * (real[0] - real[tau]) - difference[tau];
      sum += d;
      difference[tau] = d / (sum / tau + Double.MIN_NORMAL);
    }
  }

  /** Leaves the autocorrelation of the frame in {@code real}. */
  private void autocorrelate(int size) {
    Arrays.fill(frame, size, frame.length, 0);
    fft.transform(frame, real, imaginary);
    // A power spectrum is real and even, so the transform back is the same one again.
    int last = frame.length / 2;
    for (int k = 0; k <= last; k++) {
      double power = (real[k] * real[k] + imaginary[k] * imaginary[k]) / frame.length;
      frame[k] = power;
      frame[(frame.length - k) % frame.length] = power;
    }
    fft.transform(frame, real, imaginary);
  }

  private double period() {
    int best = minPeriod;
    for (int tau = minPeriod; tau <= maxPeriod; tau++) {
      if (difference[tau] < threshold && isTrough(tau)) {
        return tau + shift(tau);
      }
      best = difference[tau] < difference[best] ? tau : best;
    }
    return best + shift(best);
  }

  private boolean isTrough(int tau) {
    double here = difference[tau];
    if (tau == minPeriod) {
      return here < difference[tau + 1];
    }
    return here < difference[tau - 1] && (tau == maxPeriod || here <= difference[tau + 1]);
  }

  /** How far the parabola through a period and its neighbours has its minimum from it. */
  private double shift(int tau) {
    if (tau == minPeriod || tau == maxPeriod) {
      return 0;
    }
    double slope = (difference[tau + 1] - difference[tau - 1]) / 2;
    double curvature = difference[tau + 1] + difference[tau - 1] - 2 * difference[tau];
    return Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
  }
}
