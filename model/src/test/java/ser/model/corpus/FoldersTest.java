package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Serialised;

class FoldersTest {
  private final CorpusNames folders = new Folders("");

  @Test
  void givenFolderOfAnEmotion_whenNamed_thenTheSpeakerIsUnknown() {
    assertThat(folders.labelsOf("train/Anger/17.wav"))
        .contains(
            Labels.of(folders, "folders-unknown", Gender.UNKNOWN, Emotion.ANGRY, "Anger", "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "neutral, NEUTRAL",
    "CALM, CALM",
    "happiness, HAPPY",
    "Joy, HAPPY",
    "sadness, SAD",
    "ang, ANGRY",
    "ÄRGER, ANGRY",
    "fearful, FEARFUL",
    "Angst, FEARFUL",
    "disgusted, DISGUST",
    "ps, SURPRISED",
    "Pleasant Surprise, SURPRISED",
    "pleasant-surprise, SURPRISED",
    "boredom, BORED",
    "dégoût, DISGUST"
  })
  void givenWord_whenItNamesTheFolder_thenItIsTheEmotion(String word, Emotion emotion) {
    assertThat(folders.labelsOf(word + "/a.wav").map(RecordingLabels::emotion)).contains(emotion);
  }

  @Test
  void givenEachCanonicalEmotion_whenItNamesTheFolder_thenItIsItself() {
    for (Emotion emotion : Emotion.values()) {
      assertThat(folders.labelsOf(emotion.label() + "/a.wav").map(RecordingLabels::emotion))
          .contains(emotion);
    }
  }

  @Test
  void givenDecomposedLetters_whenTheyNameTheFolder_thenTheyAreRead() {
    assertThat(folders.labelsOf("A\u0308rger/a.wav").map(RecordingLabels::emotion))
        .contains(Emotion.ANGRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"angry.wav", "OAF_angry/a.wav", "angry/takes/a.wav", "unhappy/a.wav", "/a.wav"})
  void givenAnotherFolder_whenNamed_thenNothing(String path) {
    assertThat(folders.labelsOf(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "anna/angry/1.wav, folders-anna",
    "angry/1.wav, folders-unknown",
    "x/anna/angry/1.wav, folders-unknown"
  })
  void givenASpeakerPattern_whenItIsFound_thenItsGroupIsTheSpeaker(String path, String speaker) {
    CorpusNames named = Serialised.copyOf(new Folders("^(?<speaker>[^/]+)/[^/]+/[^/]+$"));

    assertThat(named.labelsOf(path).map(labels -> labels.speaker().id())).contains(speaker);
  }

  @ParameterizedTest
  @CsvSource({"(?<speaker>, no regular expression", "^([^/]+)/, no group"})
  void givenAUselessPattern_whenMade_thenTheErrorSaysWhy(String pattern, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Folders(pattern))
        .withMessageContaining(pattern)
        .withMessageContaining(why);
  }
}
