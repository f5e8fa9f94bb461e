package ser.model.scoring;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Runs of windows of one emotion. */
final class SegmentRuns implements Iterator<Segment> {
  private static final int NONE = -1;

  private final Segmentation rules;
  private final Iterator<ScoredWindow> windows;

  /** The window that comes next, and where what belongs to it begins. */
  private Optional<ScoredWindow> window = Optional.empty();

  private double windowFromS;
  private Optional<Segment> ready;

  SegmentRuns(Segmentation rules, Iterator<ScoredWindow> smoothed) {
    this.rules = rules;
    this.windows = smoothed;
    if (smoothed.hasNext()) {
      ScoredWindow first = smoothed.next();
      window = Optional.of(first);
      windowFromS = first.startS();
    }
    this.ready = run();
  }

  @Override
  public boolean hasNext() {
    return ready.isPresent();
  }

  @Override
  public Segment next() {
    Segment segment = ready.orElseThrow(NoSuchElementException::new);
    ready = run();
    return segment;
  }

  private Optional<Segment> run() {
    while (window.isPresent()) {
      int label = label(window.get());
      if (label == NONE) {
        advance();
        continue;
      }
      double fromS = windowFromS;
      double sum = 0;
      long count = 0;
      while (window.isPresent() && label(window.get()) == label) {
        sum += window.get().probabilities().get(label);
        count++;
        advance();
      }
      return Optional.of(
          new Segment(fromS, windowFromS, rules.labels().get(label), sum / count, count));
    }
    return Optional.empty();
  }

  private void advance() {
    ScoredWindow done = window.orElseThrow();
    if (windows.hasNext()) {
      ScoredWindow next = windows.next();
      windowFromS = (done.centreS() + next.centreS()) / 2;
      window = Optional.of(next);
    } else {
      windowFromS = done.endS();
      window = Optional.empty();
    }
  }

  private int label(ScoredWindow scored) {
    return scored.speech() && scored.probabilities().get(scored.best()) >= rules.abstainBelow()
        ? scored.best()
        : NONE;
  }
}
