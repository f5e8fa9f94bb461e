package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class EmoDbTest {
  private final CorpusNames emodb = new EmoDb();

  @Test
  void givenRecording_whenNamed_thenEveryFieldIsRead() {
    assertThat(emodb.labelsOf("wav/03a01Fa.wav"))
        .contains(Labels.of(emodb, "emodb-03", Gender.MALE, Emotion.HAPPY, "F", "a01", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "W, ANGRY",
    "L, BORED",
    "E, DISGUST",
    "A, FEARFUL",
    "F, HAPPY",
    "T, SAD",
    "N, NEUTRAL"
  })
  void givenSixthCharacter_whenNamed_thenItIsTheLabel(String letter, Emotion emotion) {
    assertThat(emodb.labelsOf("14b10" + letter + "c.wav").map(RecordingLabels::emotion))
        .contains(emotion);
  }

  @Test
  void givenSpeakers_whenNamed_thenFiveAreMenAndFiveWomen() {
    Map<Gender, Long> byGender =
        Stream.of("03", "08", "09", "10", "11", "12", "13", "14", "15", "16")
            .map(speaker -> emodb.labelsOf(speaker + "a01Na.wav").orElseThrow().speaker().gender())
            .collect(Collectors.groupingBy(gender -> gender, Collectors.counting()));
    assertThat(byGender).isEqualTo(Map.of(Gender.MALE, 5L, Gender.FEMALE, 5L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "04a01Fa.wav",
        "03a03Fa.wav",
        "03a01Xa.wav",
        "03a01F.wav",
        "03a01Fab.wav",
        "x.wav"
      })
  void givenNameOutsideTheConvention_whenNamed_thenNothing(String path) {
    assertThat(emodb.labelsOf(path)).isEmpty();
  }
}
