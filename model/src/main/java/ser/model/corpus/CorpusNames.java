package ser.model.corpus;

import java.io.Serializable;
import java.util.Optional;

/** How a corpus names its recordings. Executors receive it, so it is serialisable. */
public interface CorpusNames extends Serializable {

  /** The name in tables and on the command line: {@code ravdess}. */
  String name();

  /** What the recordings may be used for: an SPDX-like short name, {@code CC BY-NC-SA 4.0}. */
  String licence();

  /**
   * Reads the labels from a recording's name.
   *
   * @param recordingPath path or bare file name, separated by {@code /}; only the part after the
   *     last {@code /} counts, and its extension does not
   * @return empty if the name does not follow the convention or its label maps to no emotion
   */
  Optional<RecordingLabels> labelsOf(String recordingPath);
}
