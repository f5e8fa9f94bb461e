package ser.features.augment;

import ser.features.spec.Window;

/**
 * Changes the duration of speech and keeps its pitch: WSOLA, Verhelst and Roelands 1993, "An
 * overlap-add technique based on waveform similarity (WSOLA) for high quality time-scale
 * modification of speech".
 *
 * <p>Frames of 40 ms under a Hann window, half of each overlapping the next, whose sum is 1
 * everywhere. Each frame comes from within 10 ms of the place that the rate asks for: from where
 * the wave is most like the continuation of the frame before, by normalised cross-correlation. The
 * first search takes averages over about an eighth of a millisecond, the second single samples.
 * What lies before and after the clip counts as silence. No state is kept: safe to share between
 * threads.
 */
final class WaveformOverlap {
  private static final double HALF_FRAME_S = 0.02;
  private static final double REACH_S = 0.01;
  private static final int COARSE_RATE_HZ = 8_000;

  private final int half;
  private final int reach;
  private final int step;
  private final float[] window;

  WaveformOverlap(int sampleRateHz) {
    half = (int) Math.max(2, Math.rint(HALF_FRAME_S * sampleRateHz));
    reach = (int) Math.max(1, Math.rint(REACH_S * sampleRateHz));
    step = Math.max(1, sampleRateHz / COARSE_RATE_HZ);
    window = new float[2 * half];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) Window.HANN.weight(i, window.length);
    }
  }

  /**
   * @param samples at least one
   * @param length of the result, from half to twice that of {@code samples}
   */
  float[] stretch(float[] samples, int length) {
    // Room for a frame beyond either end, and for the frame that would follow it.
    int margin = 4 * half + 2 * reach + 2 * step;
    float[] padded = new float[samples.length + 2 * margin];
    System.arraycopy(samples, 0, padded, margin, samples.length);
    SimilaritySearch search = new SimilaritySearch(padded, 2 * half, reach, step);
    double rate = (double) samples.length / length;
    float[] output = new float[length];
    int last = (length + half - 1) / half;
    // Where the frame begins in the padded samples; the first is centred on the first sample.
    int start = margin - half;
    for (int frame = 0; frame <= last; frame++) {
      if (frame > 0) {
        int wanted = margin - half + (int) Math.rint(frame * half * rate);
        int continued = start + half;
        start =
            Math.abs(continued - wanted) <= reach
                ? continued
                : search.mostSimilar(continued, wanted);
      }
      add(padded, start, output, (frame - 1) * half);
    }
    return output;
  }

  private void add(float[] from, int start, float[] output, int at) {
    int first = Math.max(0, -at);
    int end = Math.min(2 * half, output.length - at);
    for (int i = first; i < end; i++) {
      output[at + i] += window[i] * from[start + i];
    }
  }
}
