package ser.model.scoring;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import ser.model.Emotion;

/**
 * How windows become stretches of one emotion ("angry from 3:10 to 3:42").
 *
 * <p>The probabilities of each window are averaged with those of its neighbours, as far as there is
 * speech without a break; the window gets the emotion of the highest average, or none if that is
 * below a limit. A run of windows of one emotion is a segment. It reaches from the middle between
 * its first window's centre and that of the window before to the middle behind its last window; at
 * the ends of the recording to the ends of the windows there. So segments never overlap, and
 * windows without speech or without a clear emotion are gaps between them.
 *
 * @param labels of the probabilities
 * @param smoothingWindows how many are averaged, odd; 1 for none
 * @param abstainBelow least averaged probability of a window with an emotion, from 0 to 1
 */
public record Segmentation(List<Emotion> labels, int smoothingWindows, double abstainBelow)
    implements Serializable {

  public Segmentation {
    labels = List.copyOf(labels);
    if (smoothingWindows < 1 || smoothingWindows % 2 == 0) {
      throw new IllegalArgumentException(
          "smoothing-windows %d must be an odd number above 0".formatted(smoothingWindows));
    }
    if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
      throw new IllegalArgumentException(
          "abstain-below %s must be from 0 to 1".formatted(abstainBelow));
    }
  }

  /**
   * The segments of one channel of one recording, as they come: memory is that of the windows that
   * are averaged.
   *
   * @param windows of that channel, in order of their start
   */
  public Iterator<Segment> of(Iterator<ScoredWindow> windows) {
    return new SegmentRuns(this, new SmoothedWindows(windows, smoothingWindows / 2));
  }
}
