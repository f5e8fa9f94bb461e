package ser.jobs.quickstart;

import java.util.Random;

/**
 * The vocal folds: the derivative of Rosenberg's pulse of air (type B, JASA 49, 1971), with
 * irregular periods and the noise of escaping air.
 */
final class GlottalSource {
  private final double sampleRateHz;
  private final double openShare;
  private final double smoothing;
  private final Prosody.Voice voice;
  private final Random random;

  private double phase;
  private double periodScale = 1;
  private double amplitude = 1;
  private double smoothed;

  /**
   * @param voice a pressed voice closes early and abruptly (many harmonics), a soft one late and
   *     slowly
   * @param random source of jitter, shimmer and noise
   */
  GlottalSource(double sampleRateHz, Prosody.Voice voice, Random random) {
    this.sampleRateHz = sampleRateHz;
    this.voice = voice;
    this.random = random;
    double softness = Math.min(1, Math.max(-1, voice.tilt()));
    this.openShare = 0.58 + 0.2 * softness;
    this.smoothing = 0.45 + 0.4 * softness;
  }

  /**
   * @param pitchHz fundamental frequency at this sample
   * @return next sample, about -1 to 1
   */
  double next(double pitchHz) {
    phase += pitchHz * periodScale / sampleRateHz;
    if (phase >= 1) {
      phase -= 1;
      double irregularity = 0.006 + 0.09 * voice.roughness();
      periodScale = 1 + irregularity * (2 * random.nextDouble() - 1);
      amplitude = 1 - (0.05 + 0.55 * voice.roughness()) * random.nextDouble();
    }
    double flow = 0;
    double opening = openShare * 2 / 3;
    double closing = openShare / 3;
    if (phase < opening) {
      double x = phase / opening;
      flow = 6 * x * (1 - x) / opening;
    } else if (phase < openShare) {
      flow = -2 * ((phase - opening) / closing) / closing;
    }
    double air = (2 * random.nextDouble() - 1) * voice.breath() * (phase < openShare ? 3.0 : 1.2);
    double raw = 0.12 * amplitude * flow + 0.25 * air;
    smoothed += (1 - smoothing) * (raw - smoothed);
    return smoothed;
  }
}
