package ser.model.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/** Labels that a table says, one row per recording, instead of the recording's name. */
public final class Manifest {
  /** The name on the command line, and of the corpus where a row names none. */
  public static final String NAME = "manifest";

  public static final String PATH = "path";
  public static final String EMOTION = "emotion";
  private static final String SPEAKER = "speaker";
  private static final String GENDER = "gender";
  private static final String STATEMENT = "statement";
  private static final String INTENSITY = "intensity";
  private static final String CORPUS = "corpus";
  private static final String LICENCE = "licence";

  /** Columns that must be there. */
  public static final List<String> REQUIRED = List.of(PATH, EMOTION);

  /** All columns that may be there. */
  public static final List<String> COLUMNS =
      List.of(PATH, EMOTION, SPEAKER, GENDER, STATEMENT, INTENSITY, CORPUS, LICENCE);

  private Manifest() {}

  /**
   * The labels of a row. Without a corpus it is {@value #NAME}, without a speaker {@code unknown},
   * without a gender or licence those are unknown.
   *
   * @param row value by column; a missing one is as good as an empty one
   * @return empty if its word for the emotion stands for none of the canonical ones
   * @throws IllegalArgumentException if the gender or the corpus's name is impossible
   */
  public static Optional<RecordingLabels> labelsOf(Map<String, String> row) {
    CorpusOrigin origin =
        new CorpusOrigin(
            value(row, CORPUS).orElse(NAME),
            value(row, LICENCE).orElse(CorpusOrigin.UNKNOWN_LICENCE));
    Speaker speaker =
        new Speaker(
            speaker(origin, value(row, SPEAKER).orElse(RecordingLabels.UNKNOWN_SPEAKER)),
            gender(value(row, GENDER).orElse("")));
    String word = value(row, EMOTION).orElse("");
    Optional<Emotion> emotion = EmotionWords.emotionOf(word);
    return emotion.map(
        known ->
            new RecordingLabels(
                origin,
                speaker,
                known,
                word,
                value(row, STATEMENT).orElse(""),
                value(row, INTENSITY).orElse("")));
  }

  private static String speaker(CorpusOrigin origin, String name) {
    return name.startsWith(origin.speaker("")) ? name : origin.speaker(name);
  }

  private static Gender gender(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "female", "f", "woman" -> Gender.FEMALE;
      case "male", "m", "man" -> Gender.MALE;
      case "", "unknown", "other" -> Gender.UNKNOWN;
      default ->
          throw new IllegalArgumentException(
              "the gender '%s' must be female, male, other, unknown or empty".formatted(word));
    };
  }

  private static Optional<String> value(Map<String, String> row, String column) {
    return Optional.ofNullable(row.get(column)).map(String::strip).filter(text -> !text.isEmpty());
  }
}
