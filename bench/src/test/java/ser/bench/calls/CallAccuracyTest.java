package ser.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ser.bench.calls.CallAccuracy.Labelled;
import ser.bench.calls.Truth.Speech;
import ser.model.Emotion;

class CallAccuracyTest {
  private final CallAccuracy accuracy = new CallAccuracy();

  private static Labelled window(double startS, Emotion emotion) {
    return new Labelled(startS, startS + 3, Optional.ofNullable(emotion));
  }

  @Test
  void givenOverlappingWindows_whenCounted_thenTheOneWhoseMiddleIsNearestJudges() {
    // Middles at 1.5, 3.0 and 4.5 s: borders at 2.25 and 3.75 s.
    accuracy.add(
        List.of(new Speech(1, 5, Emotion.ANGRY)),
        List.of(window(0, Emotion.ANGRY), window(1.5, Emotion.SAD), window(3, Emotion.ANGRY)));

    assertThat(accuracy.all().speechS()).isEqualTo(4);
    assertThat(accuracy.all().correctS()).isEqualTo(4 - 1.5, within(1e-9));
    assertThat(accuracy.all().unlabelledS()).isZero();
  }

  @Test
  void givenWindowsInAnyOrder_whenCounted_thenNothingChanges() {
    accuracy.add(
        List.of(new Speech(1, 5, Emotion.ANGRY)),
        List.of(window(3, Emotion.ANGRY), window(0, Emotion.ANGRY), window(1.5, Emotion.SAD)));

    assertThat(accuracy.all().correctS()).isEqualTo(2.5, within(1e-9));
  }

  @Test
  void givenSpeechBehindTheLastMiddleOrBeforeTheFirst_whenCounted_thenTheseWindowsJudge() {
    accuracy.add(
        List.of(new Speech(0, 0.5, Emotion.SAD), new Speech(5, 9, Emotion.HAPPY)),
        List.of(window(0, Emotion.SAD), window(3, Emotion.HAPPY)));

    assertThat(accuracy.all().correctS()).isEqualTo(4.5, within(1e-9));
  }

  @Test
  void givenSeveralEmotions_whenCounted_thenEachHasItsShareAndAllCountAlikeUnweighted() {
    accuracy.add(
        List.of(new Speech(0, 1, Emotion.SAD), new Speech(10, 13, Emotion.HAPPY)),
        List.of(window(0, Emotion.SAD), window(10, Emotion.ANGRY)));

    assertThat(accuracy.byEmotion()).containsOnlyKeys(Emotion.SAD, Emotion.HAPPY);
    assertThat(accuracy.byEmotion().get(Emotion.SAD).share()).isEqualTo(1);
    assertThat(accuracy.byEmotion().get(Emotion.HAPPY).share()).isZero();
    assertThat(accuracy.all().share()).isEqualTo(0.25, within(1e-9));
    assertThat(accuracy.unweightedShare()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void givenWindowsWithoutSpeechAndCallsWithoutWindows_whenCounted_thenTheyAreWrong() {
    accuracy.add(List.of(new Speech(0, 2, Emotion.SAD)), List.of(window(0, null)));
    accuracy.add(List.of(new Speech(0, 4, Emotion.SAD)), List.of());

    assertThat(accuracy.all().speechS()).isEqualTo(6);
    assertThat(accuracy.all().unlabelledS()).isEqualTo(6);
    assertThat(accuracy.all().share()).isZero();
  }

  @Test
  void givenNothingSaid_whenCounted_thenThereIsNoShare() {
    accuracy.add(List.of(), List.of(window(0, Emotion.SAD)));

    assertThat(accuracy.all().share()).isNaN();
    assertThat(accuracy.unweightedShare()).isNaN();
  }
}
