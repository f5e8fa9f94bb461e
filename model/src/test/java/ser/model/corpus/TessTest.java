package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class TessTest {
  private final CorpusNames tess = new Tess();

  @Test
  void givenRecording_whenNamed_thenEveryFieldIsRead() {
    assertThat(tess.labelsOf("OAF_angry/OAF_whip_angry.wav"))
        .contains(Labels.of(tess, "tess-OAF", Gender.FEMALE, Emotion.ANGRY, "angry", "whip", ""));
  }

  @Test
  void givenTheNameThatLacksAnF_whenNamed_thenItIsOfTheOlderWoman() {
    assertThat(tess.labelsOf("OAF_neutral/OA_bite_neutral.wav"))
        .contains(
            Labels.of(tess, "tess-OAF", Gender.FEMALE, Emotion.NEUTRAL, "neutral", "bite", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "angry, ANGRY",
    "disgust, DISGUST",
    "fear, FEARFUL",
    "happy, HAPPY",
    "neutral, NEUTRAL",
    "ps, SURPRISED",
    "sad, SAD"
  })
  void givenEmotionCode_whenNamed_thenItMapsToTheCanonicalEmotion(String code, Emotion emotion) {
    assertThat(tess.labelsOf("YAF_get_" + code + ".wav").map(RecordingLabels::emotion))
        .contains(emotion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"YAF_get_calm.wav", "YA_get_sad.wav", "YAF_sad.wav", "OAF_get_sad_2.wav", ""})
  void givenNameOutsideTheConvention_whenNamed_thenNothing(String path) {
    assertThat(tess.labelsOf(path)).isEmpty();
  }
}
