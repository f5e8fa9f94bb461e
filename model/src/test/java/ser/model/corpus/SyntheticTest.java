package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class SyntheticTest {
  @Test
  void givenASyntheticName_whenRead_thenEveryFieldIsThere() {
    assertThat(new Synthetic().labelsOf("Speaker_07/synthetic-07-f-angry-02-01.wav"))
        .contains(
            Labels.of(
                new Synthetic(), "synthetic-07", Gender.FEMALE, Emotion.ANGRY, "angry", "02", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"synthetic-07-x-angry-02-01.wav", "synthetic-07-f-cross-02-01.wav", "a.wav", ""})
  void givenAnotherName_whenRead_thenThereIsNoLabel(String name) {
    assertThat(new Synthetic().labelsOf(name)).isEmpty();
  }
}
