package ser.model.corpus;

import java.io.Serializable;
import java.util.Optional;

/** How a corpus names its recordings. Executors receive it, so it is serialisable. */
public interface CorpusNames extends Serializable {

  /** The corpus and its licence. */
  CorpusOrigin origin();

  /** The name in tables and on the command line: {@code ravdess}. */
  default String name() {
    return origin().corpus();
  }

  /**
   * Reads the labels from a recording's name.
   *
   * @param recordingPath path or bare file name, separated by {@code /}; its extension does not
   *     count, and folders only where the corpus says something by them
   * @return empty if the name does not follow the convention or its label maps to no emotion
   */
  Optional<RecordingLabels> labelsOf(String recordingPath);
}
