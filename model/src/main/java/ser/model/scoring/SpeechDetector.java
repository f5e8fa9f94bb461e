package ser.model.scoring;

import java.io.Serializable;

/**
 * Tells windows with speech from pauses, noise and hum, by energy and zero crossings of frames of
 * 25 ms every 10 ms. A frame is speech if its level reaches a limit and its crossings, per second,
 * lie between two others: hiss has more of them, hum and clicks have fewer. Unvoiced sounds are
 * lost with the hiss, but words have vowels. A window is speech if it has enough such frames. It
 * looks at nothing outside of the window, so a recording may be cut anywhere. It does not tell
 * speech from music, and not from the tones of a keypad.
 *
 * @param aboveDbfs root mean square level of a frame without its mean, in dB of full scale, at most
 *     0
 * @param leastCrossings per second, 0 or more
 * @param mostCrossings per second
 * @param minSpeechS least seconds of a window that are speech; each frame counts 10 ms. Half of a
 *     window that is shorter than twice that will do
 */
public record SpeechDetector(
    double aboveDbfs, double leastCrossings, double mostCrossings, double minSpeechS)
    implements Serializable {
  private static final double FRAME_S = 0.025;
  private static final double STEP_S = 0.010;

  /** Above telephone bandwidth noise has most of its crossings, and speech few. */
  private static final double SMOOTHED_TO_HZ = 8_000;

  private static final SpeechDetector STANDARD = new SpeechDetector(-55, 180, 3_250, 0.2);

  public SpeechDetector {
    if (!(aboveDbfs <= 0)) {
      throw new IllegalArgumentException(
          "level %s dB of full scale must be 0 or less".formatted(aboveDbfs));
    }
    if (!(leastCrossings >= 0 && mostCrossings > leastCrossings)) {
      throw new IllegalArgumentException(
          "crossings per second from %s to %s must be a range, from 0 on"
              .formatted(leastCrossings, mostCrossings));
    }
    if (!(minSpeechS >= 0 && minSpeechS < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "speech of %s s must not be negative".formatted(minSpeechS));
    }
  }

  /** Where nobody says otherwise. */
  public static SpeechDetector standard() {
    return STANDARD;
  }

  /** True if the window has speech. Reads no further than to where that is sure. */
  public boolean passes(SampledWindow window) {
    float[] samples = window.samples();
    int rateHz = window.sampleRateHz();
    int frame = Math.max(2, (int) Math.round(FRAME_S * rateHz));
    int step = Math.max(1, (int) Math.round(STEP_S * rateHz));
    double neededS = Math.min(minSpeechS, (double) samples.length / rateHz / 2);
    long wanted = Math.max(1, (long) Math.ceil(neededS / STEP_S - 1e-9));
    long found = 0;
    for (int from = 0; from + frame <= samples.length; from += step) {
      if (isSpeech(samples, from, frame, rateHz) && ++found == wanted) {
        return true;
      }
    }
    return false;
  }

  private boolean isSpeech(float[] samples, int from, int length, int rateHz) {
    double sum = 0;
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      sum += samples[i];
      squares += (double) samples[i] * samples[i];
    }
    double mean = sum / length;
    double power = squares / length - mean * mean;
    if (!(power >= Math.pow(10, aboveDbfs / 10))) {
      return false;
    }
    double crossings = crossings(samples, from, length, rateHz, mean) * (double) rateHz / length;
    return crossings >= leastCrossings && crossings <= mostCrossings;
  }

  /** How often the signal crosses its mean. */
  private static int crossings(float[] samples, int from, int length, int rateHz, double mean) {
    int taps = (int) Math.max(1, Math.min(length / 2, Math.round(rateHz / SMOOTHED_TO_HZ)));
    double sum = 0;
    for (int i = from; i < from + taps; i++) {
      sum += samples[i];
    }
    boolean negative = sum < taps * mean;
    int crossings = 0;
    for (int i = from + taps; i < from + length; i++) {
      sum += (double) samples[i] - samples[i - taps];
      boolean now = sum < taps * mean;
      crossings += now == negative ? 0 : 1;
      negative = now;
    }
    return crossings;
  }
}
