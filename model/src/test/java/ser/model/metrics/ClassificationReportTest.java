package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static ser.model.Emotion.ANGRY;
import static ser.model.Emotion.BORED;
import static ser.model.Emotion.CALM;
import static ser.model.Emotion.HAPPY;
import static ser.model.Emotion.SAD;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.model.Emotion;
import ser.model.Serialised;

class ClassificationReportTest {
  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  /**
   * Six recordings:
   *
   * <pre>
   * actual  angry  angry  angry  sad    sad    happy
   * said    angry  angry  sad    sad    calm   sad
   * </pre>
   */
  private static ConfusionMatrix byHand() {
    return new ConfusionMatrix(List.of(CALM, HAPPY, SAD, ANGRY, BORED))
        .add(ANGRY, ANGRY)
        .add(ANGRY, ANGRY)
        .add(ANGRY, SAD)
        .add(SAD, SAD)
        .add(SAD, CALM)
        .add(HAPPY, SAD);
  }

  @Test
  void givenSixRecordings_whenReported_thenPerClassNumbersAreThoseByHand() {
    ClassificationReport report = ClassificationReport.of(byHand());

    assertThat(report.classes())
        .containsExactly(
            new ClassScores(CALM, 0.0 / 1, 0, 0, 0, 1), // no recording: recall 0 / 0 is 0
            new ClassScores(HAPPY, 0, 0.0 / 1, 0, 1, 0), // never said: precision 0 / 0 is 0
            new ClassScores(SAD, 1.0 / 3, 1.0 / 2, 2.0 / (2 + 3), 2, 3),
            new ClassScores(ANGRY, 2.0 / 2, 2.0 / 3, 4.0 / (3 + 2), 3, 2),
            new ClassScores(BORED, 0, 0, 0, 0, 0));
  }

  @Test
  void givenSixRecordings_whenReported_thenTotalsAreThoseByHand() {
    ClassificationReport report = ClassificationReport.of(byHand());

    assertThat(report.recordings()).isEqualTo(6);
    assertThat(report.accuracy()).isEqualTo(3.0 / 6);
    // Recall of happy, sad, angry: calm has no recording and does not count.
    assertThat(report.uar()).isCloseTo((0 + 1.0 / 2 + 2.0 / 3) / 3, within(1e-15));
    // F1 of calm, happy, sad, angry: calm was said, so it counts; bored does not occur at all.
    assertThat(report.macroF1()).isCloseTo((0 + 0 + 2.0 / 5 + 4.0 / 5) / 4, within(1e-15));
  }

  @Test
  void givenReport_whenWrittenAsJson_thenKeysAreThoseOfTheContract() {
    ClassificationReport report = ClassificationReport.of(byHand());
    ObjectNode json = report.toJson();

    assertThat(json.get("accuracy").doubleValue()).isEqualTo(report.accuracy());
    assertThat(json.get("uar").doubleValue()).isEqualTo(report.uar());
    assertThat(json.get("macro_f1").doubleValue()).isEqualTo(report.macroF1());
    assertThat(json.get("recordings").longValue()).isEqualTo(6);
    assertThat(json.get("classes").get(3))
        .hasToString(
            "{\"label\":\"angry\",\"precision\":1.0,\"recall\":%s,\"f1\":0.8,\"support\":3}"
                .formatted(2.0 / 3));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyPredictions_whenLabelsAreReordered_thenNoNumberChanges(long seed) {
    Random random = new Random(seed);
    List<Emotion> labels = Arrays.asList(Emotion.values());
    List<Emotion> reordered = new ArrayList<>(labels);
    Collections.shuffle(reordered, random);
    ConfusionMatrix one = new ConfusionMatrix(labels);
    ConfusionMatrix other = new ConfusionMatrix(reordered);
    for (int i = 0; i <= random.nextInt(60); i++) {
      Emotion actual = labels.get(random.nextInt(labels.size()));
      Emotion predicted = labels.get(random.nextInt(labels.size()));
      one.add(actual, predicted);
      other.add(actual, predicted);
    }

    ClassificationReport first = ClassificationReport.of(one);
    ClassificationReport second = ClassificationReport.of(other);

    assertThat(second.accuracy()).isEqualTo(first.accuracy());
    assertThat(second.uar()).isCloseTo(first.uar(), within(1e-12));
    assertThat(second.macroF1()).isCloseTo(first.macroF1(), within(1e-12));
    assertThat(second.classes()).containsExactlyInAnyOrderElementsOf(first.classes());
  }

  @Test
  void givenPartitions_whenMerged_thenCountsAddUp() {
    ConfusionMatrix merged = Serialised.copyOf(byHand()).merge(Serialised.copyOf(byHand()));

    assertThat(merged.total()).isEqualTo(12);
    assertThat(merged.count(ANGRY, SAD)).isEqualTo(2);
    assertThat(merged.toArray()[3]).containsExactly(0, 0, 2, 4, 0);
    assertThat(Serialised.copyOf(ClassificationReport.of(merged)))
        .isEqualTo(ClassificationReport.of(merged));
  }

  @Test
  void givenOtherLabels_whenMergedOrAdded_thenRefused() {
    ConfusionMatrix two = new ConfusionMatrix(List.of(SAD, ANGRY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.merge(new ConfusionMatrix(List.of(ANGRY, SAD))))
        .withMessageContaining("cannot be merged");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.add(SAD, CALM))
        .withMessage("'calm' is none of the labels [SAD, ANGRY]");
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfusionMatrix(List.of(SAD, SAD)));
  }

  @Test
  void givenNoPredictions_whenReported_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassificationReport.of(new ConfusionMatrix(List.of(SAD))))
        .withMessageContaining("Cannot report on no predictions");
  }
}
