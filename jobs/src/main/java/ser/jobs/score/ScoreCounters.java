package ser.jobs.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import ser.jobs.tables.WindowTable;
import ser.model.Emotion;

/** Names of the counters that scoring has beside those of every run that reads recordings. */
final class ScoreCounters {
  static final String WINDOWS = "windows";
  static final String ABSTAINED = "windows_abstained";
  static final String WITHOUT_SPEECH = "windows_without_speech";
  private static final String EMOTION = "windows_";

  private ScoreCounters() {}

  static List<String> names(List<Emotion> labels) {
    List<String> names = new ArrayList<>(List.of(WINDOWS, ABSTAINED, WITHOUT_SPEECH));
    labels.forEach(label -> names.add(EMOTION + label.label()));
    return names;
  }

  /**
   * The counter of a window beside {@link #WINDOWS}.
   *
   * @param window row of {@link WindowTable}
   */
  static String of(Row window, Optional<float[]> probabilities) {
    if (probabilities.isEmpty()) {
      return WITHOUT_SPEECH;
    }
    return WindowTable.emotionOf(window).map(emotion -> EMOTION + emotion).orElse(ABSTAINED);
  }
}
