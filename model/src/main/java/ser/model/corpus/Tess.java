package ser.model.corpus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Toronto emotional speech set (Dupuis and Pichora-Fuller 2010,
 * https://doi.org/10.5683/SP2/E8H2MF): two women, 200 words behind "Say the word".
 *
 * <p>Names are {@code speaker_word_emotion}: {@code OAF_back_angry}, with OAF the older and YAF the
 * younger woman, and {@code ps} for pleasant surprise. One file of the corpus, {@code
 * OA_bite_neutral}, lacks the F.
 */
public record Tess() implements CorpusNames {
  private static final Pattern STEM =
      Pattern.compile("(OAF?|YAF)_([A-Za-z]+)_(angry|disgust|fear|happy|neutral|ps|sad)");

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin("tess", "CC-BY-NC-ND-4.0");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher stem = STEM.matcher(FileName.stemOf(recordingPath));
    if (!stem.matches()) {
      return Optional.empty();
    }
    String woman = stem.group(1).startsWith("O") ? "OAF" : "YAF";
    return Optional.of(
        new RecordingLabels(
            origin(),
            new Speaker(origin().speaker(woman), Gender.FEMALE),
            emotionOf(stem.group(3)),
            stem.group(3),
            stem.group(2),
            ""));
  }

  private static Emotion emotionOf(String code) {
    return EmotionWords.emotionOf(code)
        .orElseThrow(() -> new IllegalStateException("no emotion is called " + code));
  }
}
