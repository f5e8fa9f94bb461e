package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class CremaDTest {
  private final CorpusNames cremad = new CremaD();

  @Test
  void givenRecording_whenNamed_thenEveryFieldIsRead() {
    assertThat(cremad.labelsOf("AudioWAV/1054_IEO_FEA_HI.wav"))
        .contains(
            Labels.of(cremad, "cremad-1054", Gender.FEMALE, Emotion.FEARFUL, "FEA", "IEO", "high"));
  }

  @ParameterizedTest
  @CsvSource({
    "ANG, ANGRY",
    "DIS, DISGUST",
    "FEA, FEARFUL",
    "HAP, HAPPY",
    "NEU, NEUTRAL",
    "SAD, SAD"
  })
  void givenEmotionCode_whenNamed_thenItMapsToTheCanonicalEmotion(String code, Emotion emotion) {
    assertThat(cremad.labelsOf("1001_DFA_" + code + "_XX.mp3").map(RecordingLabels::emotion))
        .contains(emotion);
  }

  @ParameterizedTest
  @CsvSource({
    "1001_IEO_SAD_LO, low",
    "1001_IEO_SAD_MD, medium",
    "1001_IEO_SAD_HI, high",
    "1001_DFA_SAD_XX, unspecified",
    "1040_ITH_SAD_X, unspecified"
  })
  void givenLevel_whenNamed_thenItIsTheIntensity(String stem, String intensity) {
    assertThat(cremad.labelsOf(stem + ".wav").map(RecordingLabels::intensity)).contains(intensity);
  }

  @Test
  void givenAllActors_whenNamed_then43AreWomenAnd48AreMen() {
    Map<Gender, Long> byGender =
        IntStream.rangeClosed(1001, 1091)
            .mapToObj(actor -> cremad.labelsOf(actor + "_DFA_NEU_XX.wav").orElseThrow())
            .collect(
                Collectors.groupingBy(labels -> labels.speaker().gender(), Collectors.counting()));
    // As the paper counts them.
    assertThat(byGender).isEqualTo(Map.of(Gender.FEMALE, 43L, Gender.MALE, 48L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000_DFA_NEU_XX.wav",
        "1092_DFA_NEU_XX.wav",
        "1001_ABC_NEU_XX.wav",
        "1001_DFA_BOR_XX.wav",
        "1001_DFA_NEU_VH.wav",
        "1001_DFA_NEU.wav",
        ""
      })
  void givenNameOutsideTheConvention_whenNamed_thenNothing(String path) {
    assertThat(cremad.labelsOf(path)).isEmpty();
  }
}
