package ser.features.augment;

import java.util.SplittableRandom;
import ser.features.audio.Clip;

/** Clips whose content is known. */
final class TestSignals {
  private TestSignals() {}

  static Clip tone(double frequencyHz, double amplitude, double durationS, int rateHz) {
    float[] samples = new float[(int) Math.round(durationS * rateHz)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequencyHz * i / rateHz));
    }
    return new Clip(samples, rateHz);
  }

  /** A harmonic tone with a vibrato and pauses: what a voice has in common with it. */
  static Clip voice(double pitchHz, double durationS, int rateHz) {
    float[] samples = new float[(int) Math.round(durationS * rateHz)];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / rateHz;
      phase += pitchHz * (1 + 0.02 * Math.sin(2 * Math.PI * 5 * t)) / rateHz;
      double sum = 0;
      for (int harmonic = 1; harmonic <= 8 && harmonic * pitchHz < rateHz * 0.4; harmonic++) {
        sum += Math.sin(2 * Math.PI * harmonic * phase) / harmonic;
      }
      double loudness = Math.max(0, Math.sin(2 * Math.PI * 2 * t));
      samples[i] = (float) (0.3 * loudness * sum);
    }
    return new Clip(samples, rateHz);
  }

  static Clip noise(double amplitude, double durationS, int rateHz, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] samples = new float[(int) Math.round(durationS * rateHz)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
    }
    return new Clip(samples, rateHz);
  }

  static double energy(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum;
  }

  /**
   * Frequency of a tone, from the distance between its first and last rising zero, in the middle
   * half of the clip.
   */
  static double frequencyHz(Clip clip) {
    float[] x = clip.samples();
    double first = -1;
    double last = -1;
    int periods = -1;
    for (int i = x.length / 4; i < x.length * 3 / 4; i++) {
      if (x[i] < 0 && x[i + 1] >= 0) {
        last = i + x[i] / (double) (x[i] - x[i + 1]);
        first = first < 0 ? last : first;
        periods++;
      }
    }
    return periods * clip.sampleRateHz() / (last - first);
  }

  /** Share of a clip's energy within a band, by a discrete Fourier transform. */
  static double shareWithin(Clip clip, double lowHz, double highHz) {
    float[] x = clip.samples();
    int n = 2048;
    int frames = x.length / n;
    double inside = 0;
    double all = 0;
    for (int bin = 0; bin <= n / 2; bin++) {
      double frequency = (double) bin * clip.sampleRateHz() / n;
      double energy = 0;
      for (int frame = 0; frame < frames; frame++) {
        energy += energyOf(x, frame * n, n, bin);
      }
      all += energy;
      inside += frequency >= lowHz && frequency <= highHz ? energy : 0;
    }
    return inside / all;
  }

  // Under a Blackman window, whose leakage is below -58 dB.
  private static double energyOf(float[] x, int start, int n, int bin) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < n; i++) {
      double turn = 2 * Math.PI * i / n;
      double window = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
      double angle = 2 * Math.PI * ((long) bin * i % n) / n;
      re += window * x[start + i] * Math.cos(angle);
      im += window * x[start + i] * Math.sin(angle);
    }
    return re * re + im * im;
  }
}
