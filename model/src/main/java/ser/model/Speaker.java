package ser.model;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Objects;

/**
 * Someone whose voice is in a corpus.
 *
 * @param id unique over all corpora: the corpus, a hyphen, the corpus's own name of the speaker
 *     ({@code ravdess-07})
 * @param gender as the corpus states it
 */
public record Speaker(String id, Gender gender) implements Serializable {
  public Speaker {
    require(!id.isBlank(), "a speaker's id must not be blank");
    Objects.requireNonNull(gender, "gender");
  }

  /** What stands before the first hyphen of the id; the whole id if it has none. */
  public String corpus() {
    int hyphen = id.indexOf('-');
    return hyphen < 0 ? id : id.substring(0, hyphen);
  }
}
