package ser.model;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * How a recording is cut into windows that are scored one by one.
 *
 * <p>A recording no longer than a window gives exactly one window, which ends at the recording's
 * real end; the model's input pads it. A longer one gives full windows that start every hop, and
 * the last one ends at the recording's end, so its start may be off the grid. Together they cover
 * every sample, and no two are the same. An empty recording gives no window.
 *
 * @param windowSamples length of a window, above 0
 * @param hopSamples from one window's start to the next one's, at most {@code windowSamples} so
 *     that nothing is skipped
 */
public record Windowing(int windowSamples, int hopSamples) implements Serializable {
  public Windowing {
    require(windowSamples > 0, "window of %s samples must be above 0", windowSamples);
    require(
        hopSamples > 0 && hopSamples <= windowSamples,
        "hop of %s samples must be above 0 and at most the window of %s samples",
        hopSamples,
        windowSamples);
  }

  /**
   * The windows of a recording, in order of their start; made one at a time, so a long recording
   * costs no memory.
   */
  public Iterable<Window> windowsOf(long samples) {
    long onGrid = windowsWithin(samples);
    Optional<Window> tail = tailOf(samples);
    return () -> {
      PrimitiveIterator.OfLong indices = LongStream.range(0, countOf(samples)).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return indices.hasNext();
        }

        @Override
        public Window next() {
          long index = indices.nextLong();
          return index < onGrid ? gridWindow(index) : tail.orElseThrow();
        }
      };
    };
  }

  /** How many windows a recording gives. */
  public long countOf(long samples) {
    return windowsWithin(samples) + (tailOf(samples).isPresent() ? 1 : 0);
  }

  /**
   * For a recording whose length is not known yet: how many windows are settled once {@code
   * samplesSeen} of its samples are there, whatever follows. They are {@code gridWindow(0)} and
   * following; at the end {@link #tailOf} gives the one that may be left.
   */
  public long windowsWithin(long samplesSeen) {
    require(samplesSeen >= 0, "%s samples must not be negative", samplesSeen);
    return samplesSeen < windowSamples ? 0 : (samplesSeen - windowSamples) / hopSamples + 1;
  }

  /** The full window that starts at {@code index} hops. */
  public Window gridWindow(long index) {
    long start = Math.multiplyExact(index, hopSamples);
    return new Window(start, start + windowSamples);
  }

  /** The last window of a recording of that length if it is not a full one on the grid. */
  public Optional<Window> tailOf(long samples) {
    long onGrid = windowsWithin(samples);
    long covered = onGrid == 0 ? 0 : gridWindow(onGrid - 1).endSample();
    if (covered == samples) {
      return Optional.empty();
    }
    return Optional.of(new Window(Math.max(0, samples - windowSamples), samples));
  }
}
