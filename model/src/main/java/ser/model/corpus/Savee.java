package ser.model.corpus;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Surrey Audio-Visual Expressed Emotion (http://kahlan.eps.surrey.ac.uk/savee/): four Englishmen.
 *
 * <p>The speaker is the folder, the name is emotion and number of the sentence: {@code DC/a01},
 * with 30 sentences for neutral and 15 for each other emotion. A popular copy has both in the name:
 * {@code DC_a01}. Sentences are numbered by emotion, so the statement is the whole {@code a01}.
 */
public record Savee() implements CorpusNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*/)?(DC|JE|JK|KL)[/_]"
              + "((sa|su|[adfh])(?:0[1-9]|1[0-5])|(n)(?:0[1-9]|[12][0-9]|30))(?:\\.[^./]*)?");

  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "a", Emotion.ANGRY,
          "d", Emotion.DISGUST,
          "f", Emotion.FEARFUL,
          "h", Emotion.HAPPY,
          "n", Emotion.NEUTRAL,
          "sa", Emotion.SAD,
          "su", Emotion.SURPRISED);

  @Override
  public CorpusOrigin origin() {
    // It has no SPDX name: for research, after registration.
    return new CorpusOrigin("savee", "SAVEE research licence");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher name = NAME.matcher(recordingPath);
    if (!name.matches()) {
      return Optional.empty();
    }
    String letters = name.group(3) == null ? name.group(4) : name.group(3);
    return Optional.of(
        new RecordingLabels(
            origin(),
            new Speaker(origin().speaker(name.group(1)), Gender.MALE),
            EMOTIONS.get(letters),
            letters,
            name.group(2),
            ""));
  }
}
