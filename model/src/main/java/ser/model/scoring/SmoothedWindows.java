package ser.model.scoring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Windows whose probabilities are averaged with their neighbours', up to the next pause. */
final class SmoothedWindows implements Iterator<ScoredWindow> {
  private final Iterator<ScoredWindow> windows;
  private final int radius;

  /** Up to {@link #radius} windows before the next one, it, and those behind it. */
  private final List<ScoredWindow> near = new ArrayList<>();

  private int next;

  /**
   * @param radius how many neighbours on either side
   */
  SmoothedWindows(Iterator<ScoredWindow> windows, int radius) {
    this.windows = windows;
    this.radius = radius;
  }

  @Override
  public boolean hasNext() {
    return next < near.size() || windows.hasNext();
  }

  @Override
  public ScoredWindow next() {
    while (near.size() <= next + radius && windows.hasNext()) {
      near.add(windows.next());
    }
    ScoredWindow window = near.get(next);
    ScoredWindow smoothed =
        new ScoredWindow(window.startS(), window.endS(), window.speech() ? mean() : List.of());
    if (next == radius) {
      near.remove(0);
    } else {
      next++;
    }
    return smoothed;
  }

  private List<Double> mean() {
    int from = next;
    while (from > 0 && near.get(from - 1).speech()) {
      from--;
    }
    int to = next + 1;
    while (to < near.size() && to <= next + radius && near.get(to).speech()) {
      to++;
    }
    List<Double> mean = new ArrayList<>();
    for (int label = 0; label < near.get(next).probabilities().size(); label++) {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += near.get(i).probabilities().get(label);
      }
      mean.add(sum / (to - from));
    }
    return mean;
  }
}
