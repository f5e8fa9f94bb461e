package ser.model.corpus;

import java.io.Serializable;
import java.util.Objects;
import ser.model.Emotion;
import ser.model.Speaker;

/**
 * What a corpus says about one recording.
 *
 * @param origin the corpus and its licence
 * @param speaker whose id is prefixed with the corpus, so that it is unique over all of them:
 *     {@code ravdess-07}
 * @param emotion canonical emotion
 * @param sourceLabel the corpus's own word for the emotion: {@code 05}, {@code W}, {@code Anger}
 * @param statement the corpus's own code of the sentence that is spoken: {@code 01}, {@code a01};
 *     empty if unknown
 * @param intensity how strongly the emotion is acted: {@code normal}, {@code strong}, {@code low},
 *     {@code medium}, {@code high}, {@code unspecified}; empty in corpora that do not say
 */
public record RecordingLabels(
    CorpusOrigin origin,
    Speaker speaker,
    Emotion emotion,
    String sourceLabel,
    String statement,
    String intensity)
    implements Serializable {
  /** A speaker's own name where nobody says who speaks. */
  public static final String UNKNOWN_SPEAKER = "unknown";

  /** Whether a speaker's id stands for nobody in particular, and so perhaps for several people. */
  public static boolean namesNobody(String speaker) {
    return speaker.endsWith("-" + UNKNOWN_SPEAKER);
  }

  public RecordingLabels {
    Objects.requireNonNull(emotion, "emotion");
    Objects.requireNonNull(sourceLabel, "sourceLabel");
    Objects.requireNonNull(statement, "statement");
    Objects.requireNonNull(intensity, "intensity");
    if (!speaker.id().startsWith(origin.corpus() + "-")) {
      throw new IllegalArgumentException(
          "speaker '%s' must begin with its corpus, '%s-'"
              .formatted(speaker.id(), origin.corpus()));
    }
  }
}
