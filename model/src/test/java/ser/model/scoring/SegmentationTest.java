package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;

class SegmentationTest {
  private static final List<Emotion> LABELS =
      List.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.ANGRY);
  private static final double WINDOW_S = 3;
  private static final double HOP_S = 1.5;

  @Test
  void givenARunOfOneEmotion_whenJoined_thenItReachesToTheMiddlesBetweenCentres() {
    assertThat(segments("nnaaahn", 1, 0))
        .containsExactly(
            new Segment(0, 3.75, Emotion.NEUTRAL, 0.75, 2),
            new Segment(3.75, 8.25, Emotion.ANGRY, 0.75, 3),
            new Segment(8.25, 9.75, Emotion.HAPPY, 0.75, 1),
            new Segment(9.75, 12, Emotion.NEUTRAL, 0.75, 1));
  }

  @Test
  void givenOneWindowAmongOthers_whenSmoothed_thenItDoesNotBreakTheSegment() {
    assertThat(segments("aaanaaa", 3, 0))
        .singleElement()
        .satisfies(
            segment -> {
              assertThat(segment.emotion()).isEqualTo(Emotion.ANGRY);
              assertThat(segment.startS()).isZero();
              assertThat(segment.endS()).isEqualTo(12);
              assertThat(segment.windows()).isEqualTo(7);
            });
  }

  @Test
  void givenAPause_whenSmoothed_thenNothingIsAveragedOverIt() {
    assertThat(segments("nn_aa", 3, 0))
        .extracting(Segment::emotion, Segment::confidence)
        .containsExactly(tuple(Emotion.NEUTRAL, 0.75), tuple(Emotion.ANGRY, 0.75));
  }

  @Test
  void givenUnclearWindows_whenJoined_thenTheyAreGaps() {
    assertThat(segments("aa?aa", 1, 0.5)).hasSize(2);
    assertThat(segments("???", 3, 0.5)).isEmpty();
    assertThat(segments("", 3, 0)).isEmpty();
    assertThat(segments("___", 3, 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 9})
  void givenAnyWindows_whenJoined_thenSegmentsAreInOrderDisjointAndCountTheWindowsWithEmotion(
      int smoothing) {
    Random random = new Random(smoothing);
    for (int i = 0; i < 300; i++) {
      StringBuilder moods = new StringBuilder();
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        moods.append("nha_".charAt(random.nextInt(4)));
      }
      List<ScoredWindow> windows = windows(moods.toString());
      List<Segment> segments = segments(moods.toString(), smoothing, 0);

      assertThat(segments.stream().mapToLong(Segment::windows).sum())
          .isEqualTo(moods.chars().filter(mood -> mood != '_').count());
      double doneS = 0;
      for (Segment segment : segments) {
        assertThat(segment.startS()).isGreaterThanOrEqualTo(doneS);
        doneS = segment.endS();
        for (ScoredWindow window : windows) {
          if (window.probabilities().isEmpty()) {
            assertThat(window.centreS() > segment.startS() && window.centreS() < segment.endS())
                .as("the pause at %s s in %s of %s", window.centreS(), segment, moods)
                .isFalse();
          }
        }
      }
      assertThat(doneS).isLessThanOrEqualTo(windows.isEmpty() ? 0 : windows.get(length - 1).endS());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 9})
  void givenAnyWindows_whenSmoothed_thenEachIsTheMeanOfItsStretch(int smoothing) {
    Random random = new Random(smoothing);
    StringBuilder moods = new StringBuilder();
    for (int j = 0; j < 200; j++) {
      moods.append("nhaaa_".charAt(random.nextInt(6)));
    }
    List<ScoredWindow> windows = windows(moods.toString());
    SmoothedWindows smoothed = new SmoothedWindows(windows.iterator(), smoothing / 2);
    for (int i = 0; i < windows.size(); i++) {
      ScoredWindow window = smoothed.next();
      assertThat(window.startS()).isEqualTo(windows.get(i).startS());
      if (moods.charAt(i) == '_') {
        assertThat(window.probabilities()).isEmpty();
        continue;
      }
      double sum = 0;
      int count = 0;
      for (int j = i; j >= Math.max(0, i - smoothing / 2) && moods.charAt(j) != '_'; j--) {
        sum += windows.get(j).probabilities().get(2);
        count++;
      }
      for (int j = i + 1;
          j < Math.min(windows.size(), i + smoothing / 2 + 1) && moods.charAt(j) != '_';
          j++) {
        sum += windows.get(j).probabilities().get(2);
        count++;
      }
      assertThat(window.probabilities().get(2)).isCloseTo(sum / count, Offset.offset(1e-12));
    }
    assertThat(smoothed.hasNext()).isFalse();
  }

  @Test
  void givenWrongRules_whenMade_thenTheyAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmentation(LABELS, 2, 0))
        .withMessageContaining("smoothing-windows 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmentation(LABELS, 3, 1.5))
        .withMessageContaining("abstain-below 1.5");
  }

  private static List<Segment> segments(String moods, int smoothing, double abstainBelow) {
    List<Segment> segments = new ArrayList<>();
    new Segmentation(LABELS, smoothing, abstainBelow)
        .of(windows(moods).iterator())
        .forEachRemaining(segments::add);
    return segments;
  }

  /** A letter a window: n(eutral), h(appy), a(ngry), ? for none clearly, _ without speech. */
  private static List<ScoredWindow> windows(String moods) {
    List<ScoredWindow> windows = new ArrayList<>();
    for (int i = 0; i < moods.length(); i++) {
      List<Double> p =
          switch (moods.charAt(i)) {
            case 'n' -> List.of(0.75, 0.125, 0.125);
            case 'h' -> List.of(0.125, 0.75, 0.125);
            case 'a' -> List.of(0.125, 0.125, 0.75);
            case '?' -> List.of(0.375, 0.25, 0.375);
            default -> List.of();
          };
      windows.add(new ScoredWindow(i * HOP_S, i * HOP_S + WINDOW_S, p));
    }
    return windows;
  }
}
