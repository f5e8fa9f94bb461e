package ser.model.corpus;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ser.model.Emotion;

/**
 * The words that folders and tables of recordings have for the canonical emotions: spellings of
 * tutorials and of the corpora that they use, in English, German, French and Italian. Upper and
 * lower case, spaces and hyphens make no difference; the whole word counts, never a part of it.
 */
final class EmotionWords {
  private static final Map<Emotion, List<String>> WORDS =
      Map.of(
          Emotion.NEUTRAL,
          List.of("neutral", "neu", "neutrality", "neutre", "neutrale", "neutralità"),
          Emotion.CALM,
          List.of("calm", "calmness", "ruhig", "calme", "calmo"),
          Emotion.HAPPY,
          List.of("happy", "hap", "happiness", "joy", "joyful", "freude", "joie", "gioia"),
          Emotion.SAD,
          List.of("sad", "sadness", "trauer", "traurig", "tristesse", "tristezza"),
          Emotion.ANGRY,
          List.of("angry", "ang", "anger", "wut", "ärger", "aerger", "colère", "colere", "rabbia"),
          Emotion.FEARFUL,
          List.of("fearful", "fear", "fea", "angst", "peur", "paura"),
          Emotion.DISGUST,
          List.of("disgust", "dis", "disgusted", "ekel", "dégoût", "degout", "disgusto"),
          Emotion.SURPRISED,
          List.of(
              "surprised",
              "surprise",
              "sur",
              "ps",
              "pleasant_surprise",
              "pleasant_surprised",
              "überraschung",
              "ueberraschung",
              "sorpresa"),
          Emotion.BORED,
          List.of("bored", "boredom", "langeweile", "ennui", "noia"));

  private static final Map<String, Emotion> BY_WORD = byWord();

  private EmotionWords() {}

  /** Empty if the word is none of those. */
  static Optional<Emotion> emotionOf(String word) {
    return Optional.ofNullable(BY_WORD.get(normal(word)));
  }

  private static String normal(String word) {
    // Some systems keep 'ä' in file names as 'a' and two dots.
    return Normalizer.normalize(word, Normalizer.Form.NFC)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s-]+", "_");
  }

  private static Map<String, Emotion> byWord() {
    Map<String, Emotion> byWord = new HashMap<>();
    for (Emotion emotion : Arrays.asList(Emotion.values())) {
      for (String word : WORDS.get(emotion)) {
        if (byWord.put(word, emotion) != null) {
          throw new IllegalStateException("'%s' stands for two emotions".formatted(word));
        }
      }
    }
    return Map.copyOf(byWord);
  }
}
