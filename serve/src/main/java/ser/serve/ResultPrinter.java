package ser.serve;

import ser.model.scoring.RecordingSummary;
import ser.model.scoring.ScoredWindow;

/** How results are shown. */
interface ResultPrinter {
  /**
   * A window, as soon as it is scored (of a model whose scores are normalised by speaker: as soon
   * as all are); its recording may still turn out to be unreadable.
   */
  void window(String recording, ScoredWindow window);

  /** A recording that was read to its end. */
  void recording(String recording, RecordingSummary summary);
}
