package ser.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmotionTest {
  @Test
  void givenAllEmotions_whenListed_thenOrderIsTheCanonicalOne() {
    assertThat(Arrays.stream(Emotion.values()).map(Emotion::label))
        .containsExactly(
            "neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised", "bored");
  }

  @ParameterizedTest
  @EnumSource(Emotion.class)
  void givenLabel_whenParsed_thenItIsTheEmotion(Emotion emotion) {
    assertThat(Emotion.ofLabel(emotion.label())).isSameAs(emotion);
  }

  @Test
  void givenUnknownLabel_whenParsed_thenErrorNamesTheValidOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Emotion.ofLabel("rage"))
        .withMessage(
            "No emotion is called 'rage'; there are neutral, calm, happy, sad, angry, fearful,"
                + " disgust, surprised, bored");
  }

  @Test
  void givenUnknownGender_whenParsed_thenErrorNamesTheValidOnes() {
    assertThat(Gender.ofLabel("male")).isSameAs(Gender.MALE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gender.ofLabel("m"))
        .withMessage("No gender is called 'm'; there are female, male, unknown");
  }
}
