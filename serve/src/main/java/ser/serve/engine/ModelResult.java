package ser.serve.engine;

import java.util.List;
import java.util.Optional;
import ser.features.audio.RejectionReason;
import ser.model.scoring.RecordingSummary;
import ser.model.scoring.ScoredWindow;
import ser.model.scoring.Segment;

/**
 * What one model says about a recording.
 *
 * @param windows in time
 * @param segments in time; gaps are pauses or unclear
 * @param readInPart why the recording was not read to its end, if it was not
 */
public record ModelResult(
    ServedModel model,
    Verdict verdict,
    RecordingSummary summary,
    List<ScoredWindow> windows,
    List<Segment> segments,
    Optional<RejectionReason> readInPart) {
  public ModelResult {
    windows = List.copyOf(windows);
    segments = List.copyOf(segments);
  }
}
