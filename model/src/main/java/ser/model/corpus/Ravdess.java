package ser.model.corpus;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Ryerson Audio-Visual Database of Emotional Speech and Song, its speech part.
 *
 * <p>Names are {@code modality-channel-emotion-intensity-statement-repetition-actor}, two digits
 * each (Livingstone and Russo 2018, https://doi.org/10.1371/journal.pone.0196391). Taken are audio
 * with picture (01) and audio alone (03); left out are pictures without sound (02), song (channel
 * 02), and names that the corpus cannot contain, such as a strong neutral. Actors with odd numbers
 * are men.
 */
public record Ravdess() implements CorpusNames {
  private static final Pattern STEM =
      Pattern.compile("0[13]-01-(0[1-8])-(0[12])-(0[12])-0[12]-(0[1-9]|1[0-9]|2[0-4])");
  private static final String NORMAL_INTENSITY = "01";

  private static final List<Emotion> BY_CODE =
      List.of(
          Emotion.NEUTRAL,
          Emotion.CALM,
          Emotion.HAPPY,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEARFUL,
          Emotion.DISGUST,
          Emotion.SURPRISED);

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin("ravdess", "CC-BY-NC-SA-4.0");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher stem = STEM.matcher(FileName.stemOf(recordingPath));
    if (!stem.matches()) {
      return Optional.empty();
    }
    String code = stem.group(1);
    Emotion emotion = BY_CODE.get(Integer.parseInt(code) - 1);
    if (emotion == Emotion.NEUTRAL && !stem.group(2).equals(NORMAL_INTENSITY)) {
      return Optional.empty();
    }
    String actor = stem.group(4);
    Gender gender = Integer.parseInt(actor) % 2 == 1 ? Gender.MALE : Gender.FEMALE;
    return Optional.of(
        new RecordingLabels(
            origin(),
            new Speaker(origin().speaker(actor), gender),
            emotion,
            code,
            stem.group(3),
            stem.group(2).equals(NORMAL_INTENSITY) ? "normal" : "strong"));
  }
}
