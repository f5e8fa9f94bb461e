package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

class ManifestTest {
  @Test
  void givenAFullRow_whenRead_thenEveryColumnIsThere() {
    assertThat(
            Manifest.labelsOf(
                Map.of(
                    "path", "a.wav",
                    "emotion", "Joy",
                    "speaker", "Ses01F",
                    "gender", "F",
                    "statement", "s7",
                    "intensity", "strong",
                    "corpus", "iemocap",
                    "licence", "IEMOCAP licence")))
        .contains(
            new RecordingLabels(
                new CorpusOrigin("iemocap", "IEMOCAP licence"),
                new Speaker("iemocap-Ses01F", Gender.FEMALE),
                Emotion.HAPPY,
                "Joy",
                "s7",
                "strong"));
  }

  @Test
  void givenPathAndEmotionOnly_whenRead_thenTheRestIsUnknown() {
    assertThat(Manifest.labelsOf(Map.of("path", "a.wav", "emotion", " sad ")))
        .contains(
            new RecordingLabels(
                new CorpusOrigin("manifest", "unknown"),
                new Speaker("manifest-unknown", Gender.UNKNOWN),
                Emotion.SAD,
                "sad",
                "",
                ""));
  }

  @Test
  void givenASpeakerWithItsCorpus_whenRead_thenItIsNotPrefixedTwice() {
    assertThat(
            Manifest.labelsOf(
                    Map.of("emotion", "sad", "speaker", "ravdess-07", "corpus", "ravdess"))
                .map(labels -> labels.speaker().id()))
        .contains("ravdess-07");
  }

  @ParameterizedTest
  @CsvSource(value = {"frustrated", "''", "' '"})
  void givenAnEmotionThatIsNone_whenRead_thenNothing(String emotion) {
    assertThat(Manifest.labelsOf(Map.of("emotion", emotion))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"gender, femal, female", "corpus, my-calls, letters"})
  void givenAnImpossibleValue_whenRead_thenTheErrorSaysWhatIsPossible(
      String column, String value, String possible) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Manifest.labelsOf(Map.of("emotion", "sad", column, value)))
        .withMessageContaining("'" + value + "'")
        .withMessageContaining(possible);
  }
}
