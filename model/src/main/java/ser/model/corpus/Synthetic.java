package ser.model.corpus;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Voices that our own synthesiser makes: {@code synthetic-SS-g-EMOTION-TT-NN}, that is speaker,
 * gender (f, m), canonical emotion, statement, take. Nobody speaks like that: a number from them
 * shows that the machinery works, and nothing about people.
 */
public record Synthetic() implements CorpusNames {
  private static final Pattern STEM =
      Pattern.compile("synthetic-([0-9]{2})-([fm])-([a-z]+)-([0-9]{2})-[0-9]{2}");

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin("synthetic", "GPL-3.0-or-later");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher stem = STEM.matcher(FileName.stemOf(recordingPath));
    if (!stem.matches()) {
      return Optional.empty();
    }
    return Arrays.stream(Emotion.values())
        .filter(emotion -> emotion.label().equals(stem.group(3)))
        .findFirst()
        .map(
            emotion ->
                new RecordingLabels(
                    origin(),
                    new Speaker(
                        origin().speaker(stem.group(1)),
                        stem.group(2).equals("f") ? Gender.FEMALE : Gender.MALE),
                    emotion,
                    stem.group(3),
                    stem.group(4),
                    ""));
  }
}
