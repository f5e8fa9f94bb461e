package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class SaveeTest {
  private final CorpusNames savee = new Savee();

  @ParameterizedTest
  @ValueSource(strings = {"AudioData/JK/sa07.wav", "JK/sa07.wav", "ALL/JK_sa07.wav", "JK_sa07"})
  void givenRecording_whenTheSpeakerIsFolderOrPrefix_thenEveryFieldIsRead(String path) {
    assertThat(savee.labelsOf(path))
        .contains(Labels.of(savee, "savee-JK", Gender.MALE, Emotion.SAD, "sa", "sa07", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "a01, ANGRY",
    "d15, DISGUST",
    "f02, FEARFUL",
    "h03, HAPPY",
    "n30, NEUTRAL",
    "sa04, SAD",
    "su05, SURPRISED"
  })
  void givenLetters_whenNamed_thenTheyMapToTheCanonicalEmotion(String stem, Emotion emotion) {
    assertThat(savee.labelsOf("DC/" + stem + ".wav").map(RecordingLabels::emotion))
        .contains(emotion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a01.wav", "XY/a01.wav", "DC/a00.wav", "DC/a16.wav", "DC/n31.wav", "DC/s01.wav"})
  void givenNameOutsideTheConvention_whenNamed_thenNothing(String path) {
    assertThat(savee.labelsOf(path)).isEmpty();
  }
}
