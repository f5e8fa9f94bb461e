package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Serialised;

class RavdessTest {
  private final CorpusNames ravdess = new Ravdess();

  @Test
  void givenSpeechRecording_whenNamed_thenEveryFieldIsRead() {
    assertThat(ravdess.labelsOf("Actor_07/03-01-05-02-01-02-07.flac"))
        .contains(
            Labels.of(ravdess, "ravdess-07", Gender.MALE, Emotion.ANGRY, "05", "01", "strong"));
  }

  @Test
  void givenNormalIntensity_whenNamed_thenItIsRead() {
    assertThat(ravdess.labelsOf("03-01-05-01-01-02-07.wav").map(RecordingLabels::intensity))
        .contains("normal");
  }

  @ParameterizedTest
  @CsvSource({
    "01, NEUTRAL", "02, CALM", "03, HAPPY", "04, SAD",
    "05, ANGRY", "06, FEARFUL", "07, DISGUST", "08, SURPRISED"
  })
  void givenEmotionCode_whenNamed_thenItMapsToTheCanonicalEmotion(String code, Emotion emotion) {
    assertThat(ravdess.labelsOf("03-01-" + code + "-01-02-01-24.wav"))
        .hasValueSatisfying(
            labels -> {
              assertThat(labels.emotion()).isEqualTo(emotion);
              assertThat(labels.speaker().gender()).isEqualTo(Gender.FEMALE);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "03-01-05-02-01-02-07",
        "s3a://bucket/a b/03-01-05-02-01-02-07.WAV",
        "01-01-05-02-01-02-07.mp4"
      })
  void givenAnyExtensionOrFolder_whenSpeechWithSound_thenItIsLabelled(String path) {
    assertThat(ravdess.labelsOf(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "notes.txt",
        "02-01-05-02-01-02-07.mp4", // picture only
        "03-02-05-02-01-02-07.wav", // song
        "03-01-09-02-01-02-07.wav", // no such emotion
        "03-01-00-02-01-02-07.wav",
        "03-01-01-02-01-02-07.wav", // a strong neutral
        "03-01-05-03-01-02-07.wav",
        "03-01-05-02-03-02-07.wav",
        "03-01-05-02-01-03-07.wav",
        "03-01-05-02-01-02-25.wav",
        "03-01-05-02-01-02-00.wav",
        "03-01-05-02-01-02-07-01.wav",
        "03-01-05-02-01-02-7.wav",
        "copy of 03-01-05-02-01-02-07.wav",
        "03-01-05-02-01-02-07.wav/"
      })
  void givenNameOutsideTheConvention_whenNamed_thenNothing(String path) {
    assertThat(ravdess.labelsOf(path)).isEmpty();
  }

  @Test
  void givenCorpus_whenSerialised_thenItStillReadsNames() {
    assertThat(
            Serialised.copyOf(ravdess)
                .labelsOf("03-01-05-02-01-02-07.flac")
                .map(Serialised::copyOf))
        .isEqualTo(ravdess.labelsOf("03-01-05-02-01-02-07.flac"));
  }
}
