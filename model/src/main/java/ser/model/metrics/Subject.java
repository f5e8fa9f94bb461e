package ser.model.metrics;

import java.io.Serializable;
import java.util.Objects;
import ser.model.Gender;

/**
 * What a prediction is about, in the words of the features table.
 *
 * @param recording its name
 * @param corpus that it belongs to
 * @param speaker prefixed with the corpus
 * @param gender as the corpus states it
 * @param intensity as the corpus states it; empty if it does not
 */
public record Subject(
    String recording, String corpus, String speaker, Gender gender, String intensity)
    implements Serializable {
  public Subject {
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(corpus, "corpus");
    Objects.requireNonNull(speaker, "speaker");
    Objects.requireNonNull(gender, "gender");
    Objects.requireNonNull(intensity, "intensity");
  }
}
