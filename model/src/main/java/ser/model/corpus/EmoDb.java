package ser.model.corpus;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Berlin Database of Emotional Speech (Burkhardt et al. 2005): ten speakers, ten German sentences.
 *
 * <p>Names are speaker (2 digits), sentence (3), emotion (1), version (1): {@code 03a01Fa} is
 * speaker 03, sentence a01, happiness, version a. The label is the sixth character and nothing
 * else; genders are those of the corpus's description.
 */
public record EmoDb() implements CorpusNames {
  private static final Pattern STEM =
      Pattern.compile("([0-9]{2})(a0[12457]|b0[1239]|b10)([WLEAFTN])[a-z]");

  private static final Map<String, Gender> GENDERS =
      Map.of(
          "03", Gender.MALE,
          "08", Gender.FEMALE,
          "09", Gender.FEMALE,
          "10", Gender.MALE,
          "11", Gender.MALE,
          "12", Gender.MALE,
          "13", Gender.FEMALE,
          "14", Gender.FEMALE,
          "15", Gender.MALE,
          "16", Gender.FEMALE);

  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "W", Emotion.ANGRY, // Wut
          "L", Emotion.BORED, // Langeweile
          "E", Emotion.DISGUST, // Ekel
          "A", Emotion.FEARFUL, // Angst
          "F", Emotion.HAPPY, // Freude
          "T", Emotion.SAD, // Trauer
          "N", Emotion.NEUTRAL);

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin("emodb", "CC0-1.0");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher stem = STEM.matcher(FileName.stemOf(recordingPath));
    if (!stem.matches() || !GENDERS.containsKey(stem.group(1))) {
      return Optional.empty();
    }
    String speaker = stem.group(1);
    String code = stem.group(3);
    return Optional.of(
        new RecordingLabels(
            origin(),
            new Speaker(origin().speaker(speaker), GENDERS.get(speaker)),
            EMOTIONS.get(code),
            code,
            stem.group(2),
            ""));
  }
}
