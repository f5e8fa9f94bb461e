package ser.model.scoring;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import ser.model.Windowing;

/**
 * Some of a recording's windows, in a row.
 *
 * @param first index of the first one, on the grid
 * @param end index behind the last one; {@link #TO_THE_END} with all that follow, the one at the
 *     recording's end included
 */
public record WindowSlice(long first, long end) implements Serializable {
  /** The end of a slice that goes on to the recording's end. */
  public static final long TO_THE_END = Long.MAX_VALUE;

  /** A whole recording. */
  public static final WindowSlice WHOLE = new WindowSlice(0, TO_THE_END);

  public WindowSlice {
    require(first >= 0 && first < end, "no window stands from %s to %s", first, end);
  }

  /** Whether it has the windows at the recording's end. */
  public boolean isLast() {
    return end == TO_THE_END;
  }

  /** Whether it is all of a recording. */
  public boolean isWhole() {
    return first == 0 && isLast();
  }

  /**
   * Cuts a recording into slices of about the same length. Each begins at the first window of a
   * stretch.
   *
   * @param samples of the recording, at the model's rate
   * @param parts how many slices are wanted; fewer come of a short recording
   * @param stretchSamples where slices may begin, at multiples of this, above 0
   * @return at least one, in time
   */
  public static List<WindowSlice> of(
      Windowing windowing, long samples, long parts, long stretchSamples) {
    // The window that is off the grid reaches back behind the one before it: they stay together.
    long windows = windowing.windowsWithin(samples);
    long stretches = -Math.floorDiv(-samples, stretchSamples);
    long cuts = Math.min(parts, stretches);
    List<WindowSlice> slices = new ArrayList<>();
    long first = 0;
    for (long part = 1; part < cuts; part++) {
      long startSample = part * stretches / cuts * stretchSamples;
      long next = -Math.floorDiv(-startSample, (long) windowing.hopSamples());
      if (next > first && next < windows) {
        slices.add(new WindowSlice(first, next));
        first = next;
      }
    }
    slices.add(new WindowSlice(first, TO_THE_END));
    return slices;
  }
}
