package ser.model.corpus;

import java.io.Serializable;

/**
 * Which corpus a recording is of, and what it may be used for.
 *
 * @param corpus its name in tables: letters, digits, '_' and '.'; a hyphen separates it from the
 *     speaker ({@code ravdess-07})
 * @param licence as the publisher gives it, by its SPDX name where it has one; {@code unknown} if
 *     nobody says
 */
public record CorpusOrigin(String corpus, String licence) implements Serializable {
  /** Where nobody says what a corpus may be used for. */
  public static final String UNKNOWN_LICENCE = "unknown";

  private static final String NAME = "[\\p{L}\\p{N}_.]+";

  public CorpusOrigin {
    if (!corpus.matches(NAME)) {
      throw new IllegalArgumentException(
          "the corpus '%s' must have letters, digits, '_' and '.' only".formatted(corpus));
    }
    if (licence.isBlank()) {
      throw new IllegalArgumentException(
          "the licence of corpus '%s' must not be blank".formatted(corpus));
    }
  }

  /** The corpus's own name of a speaker, made unique over all corpora. */
  public String speaker(String name) {
    return corpus + "-" + name;
  }
}
