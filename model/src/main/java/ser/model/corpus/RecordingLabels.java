package ser.model.corpus;

import java.io.Serializable;
import java.util.Objects;
import ser.model.Emotion;
import ser.model.Gender;

/**
 * What a corpus says about one recording.
 *
 * @param corpus name of the corpus: {@code ravdess}
 * @param speaker prefixed with the corpus, so that it is unique over all of them: {@code
 *     ravdess-07}
 * @param gender of the speaker
 * @param emotion canonical emotion
 * @param sourceLabel the corpus's own code of the emotion, as it stands in the name: {@code 05},
 *     {@code W}
 * @param statement the corpus's own code of the sentence that is spoken: {@code 01}, {@code a01}
 */
public record RecordingLabels(
    String corpus,
    String speaker,
    Gender gender,
    Emotion emotion,
    String sourceLabel,
    String statement)
    implements Serializable {
  public RecordingLabels {
    Objects.requireNonNull(corpus, "corpus");
    Objects.requireNonNull(gender, "gender");
    Objects.requireNonNull(emotion, "emotion");
    Objects.requireNonNull(sourceLabel, "sourceLabel");
    Objects.requireNonNull(statement, "statement");
    if (!speaker.startsWith(corpus + "-")) {
      throw new IllegalArgumentException(
          "speaker '%s' must begin with its corpus, '%s-'".formatted(speaker, corpus));
    }
  }
}
