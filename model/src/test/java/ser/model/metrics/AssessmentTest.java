package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static ser.model.Emotion.ANGRY;
import static ser.model.Emotion.HAPPY;
import static ser.model.Emotion.SAD;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AssessmentTest {
  private static final Offset<Double> EXACTLY = within(1e-7);

  /**
   * Eight recordings of three speakers, in order of confidence:
   *
   * <pre>
   * speaker    01 m   01 m   02 f   02 f   02 f    03 m   03 m    03 m
   * intensity  normal strong normal strong normal  normal -       -
   * actual     happy  sad    sad    angry  angry   happy  happy   angry
   * said       happy  sad    angry  angry  angry   sad    happy   sad
   * confidence 0.95   0.90   0.80   0.70   0.65    0.58   0.50    0.41
   * own        0.95   0.90   0.15   0.70   0.65    0.10   0.50    0.29
   * right      yes    yes    no     yes    yes     no     yes     no
   * </pre>
   */
  private static Predictions byHand() {
    return new Answers()
        .of(1, "normal", HAPPY, 0.95, 0.03, 0.02)
        .of(1, "strong", SAD, 0.05, 0.90, 0.05)
        .of(2, "normal", SAD, 0.05, 0.15, 0.80)
        .of(2, "strong", ANGRY, 0.20, 0.10, 0.70)
        .of(2, "normal", ANGRY, 0.20, 0.15, 0.65)
        .of(3, "normal", HAPPY, 0.10, 0.58, 0.32)
        .of(3, "", HAPPY, 0.50, 0.30, 0.20)
        .of(3, "", ANGRY, 0.30, 0.41, 0.29)
        .predictions();
  }

  @Test
  void givenEightRecordings_whenGroupedBySpeaker_thenEachHasItsOwnNumbers() {
    var speakers = Assessment.of(byHand(), 1).groups().speakers();

    assertThat(speakers).containsOnlyKeys("ravdess-01", "ravdess-02", "ravdess-03");
    assertThat(speakers.get("ravdess-01").accuracy()).isEqualTo(1);
    assertThat(speakers.get("ravdess-02").recordings()).isEqualTo(3);
    assertThat(speakers.get("ravdess-02").accuracy()).isCloseTo(2.0 / 3, EXACTLY);
    // Recall of sad 0 of 1, of angry 2 of 2; happy has no recording and does not count.
    assertThat(speakers.get("ravdess-02").uar()).isCloseTo((0 + 1.0) / 2, EXACTLY);
    // F1 of sad 0, of angry 2 * 2 / (3 + 2).
    assertThat(speakers.get("ravdess-02").macroF1()).isCloseTo((0 + 0.8) / 2, EXACTLY);
  }

  @Test
  void givenEightRecordings_whenGroupedOtherwise_thenTheGroupsAreThoseOfTheTable() {
    Assessment.Groups groups = Assessment.of(byHand(), 1).groups();

    assertThat(groups.genders()).containsOnlyKeys("female", "male");
    assertThat(groups.genders().get("male").accuracy()).isCloseTo(3.0 / 5, EXACTLY);
    assertThat(groups.intensities()).containsOnlyKeys("normal", "strong", "unstated");
    assertThat(groups.intensities().get("normal").accuracy()).isCloseTo(2.0 / 4, EXACTLY);
    assertThat(groups.intensities().get("strong").recordings()).isEqualTo(2);
    assertThat(groups.corpora()).containsOnlyKeys("ravdess");
    assertThat(groups.corpora().get("ravdess").accuracy()).isCloseTo(5.0 / 8, EXACTLY);
  }

  /**
   * Times 15, rounded up, the confidences are 15, 14, 13, 11, 10, 9, 8, 7: each is alone in its
   * bin, whose error is 1 - confidence if it is right, else its confidence.
   */
  @Test
  void givenEightRecordings_whenCalibrated_thenTheErrorIsThatByHand() {
    Calibration calibration = Calibration.of(byHand());

    double byHand =
        (0.05 + 0.10 + 0.80 + 0.30 + 0.35 + 0.58 + 0.50 + 0.41) / 8; // each bin weighs an eighth
    assertThat(calibration.bins()).hasSize(8);
    assertThat(calibration.ece()).isCloseTo(byHand, EXACTLY);
  }

  @Test
  void givenTwoRecordingsInABin_whenCalibrated_thenTheirMeansCount() {
    // Both in the bin from 12/15 to 13/15, one right and one wrong: |0.5 - 0.83| of all.
    Predictions given =
        new Answers().of(1, HAPPY, 0.82, 0.1, 0.08).of(1, SAD, 0.84, 0.1, 0.06).predictions();

    Calibration calibration = Calibration.of(given);

    assertThat(calibration.bins())
        .singleElement()
        .satisfies(
            bin -> {
              assertThat(bin.from()).isEqualTo(12.0 / 15);
              assertThat(bin.to()).isEqualTo(13.0 / 15);
              assertThat(bin.recordings()).isEqualTo(2);
              assertThat(bin.confidence()).isCloseTo(0.83, EXACTLY);
              assertThat(bin.accuracy()).isEqualTo(0.5);
            });
    assertThat(calibration.ece()).isCloseTo(0.33, EXACTLY);
  }

  @Test
  void givenTheEndsOfTheScale_whenCalibrated_thenTheyAreInTheFirstAndTheLastBin() {
    Predictions given = new Answers().of(1, SAD, 0, 0, 0).of(1, SAD, 0, 1, 0).predictions();

    assertThat(Calibration.of(given).bins().stream().map(Calibration.Bin::to))
        .containsExactly(1.0 / 15, 1.0);
  }

  @Test
  void givenEightRecordings_whenOnlyTheSurestAreAnswered_thenAccuracyIsThatByHand() {
    Coverage coverage = Coverage.of(byHand());

    assertThat(coverage.points()).hasSize(20);
    // A twentieth of 8 is less than one recording: one is answered.
    assertThat(coverage.points().get(0)).isEqualTo(new Coverage.Point(0.05, 1, 1, 0.95f));
    // Half of 8: right, right, wrong, right.
    assertThat(coverage.half().share()).isEqualTo(0.5);
    assertThat(coverage.half().recordings()).isEqualTo(4);
    assertThat(coverage.half().accuracy()).isCloseTo(3.0 / 4, EXACTLY);
    assertThat(coverage.half().confidence()).isCloseTo(0.7, EXACTLY);
    assertThat(coverage.points().get(19).recordings()).isEqualTo(8);
    assertThat(coverage.points().get(19).accuracy()).isCloseTo(5.0 / 8, EXACTLY);
  }

  @Test
  void givenEquallySureAnswers_whenSomeAreLeftOut_thenOrderDoesNotDecide() {
    // All four at 0.6, one right: whoever is answered, a quarter is expected to be right.
    Predictions given =
        new Answers()
            .of(1, HAPPY, 0.6, 0.3, 0.1)
            .of(2, SAD, 0.6, 0.3, 0.1)
            .of(3, SAD, 0.6, 0.3, 0.1)
            .of(4, SAD, 0.6, 0.3, 0.1)
            .predictions();

    assertThat(Coverage.of(given).points())
        .allSatisfy(point -> assertThat(point.accuracy()).isCloseTo(0.25, EXACTLY));
  }

  @Test
  void givenEightRecordings_whenMistakesAreListed_thenTheyAreThoseOfTheTable() {
    Assessment.Mistakes mistakes = Assessment.of(byHand(), 1).mistakes();

    // One of each: in the order of the labels. 3 are happy, 2 sad, 3 angry.
    assertThat(mistakes.pairs())
        .containsExactly(
            new ConfusedPair(HAPPY, SAD, 1, 1.0 / 3),
            new ConfusedPair(SAD, ANGRY, 1, 1.0 / 2),
            new ConfusedPair(ANGRY, SAD, 1, 1.0 / 3));
    assertThat(
            mistakes.hardest().stream()
                .map(hard -> hard.prediction().subject().recording())
                .limit(4))
        .containsExactly(
            "recording-06.wav", "recording-03.wav", "recording-08.wav", "recording-07.wav");
    assertThat(mistakes.hardest().get(0).predicted()).isEqualTo(SAD);
    assertThat(mistakes.hardest().get(0).probability()).isCloseTo(0.10, EXACTLY);
  }

  @Test
  void givenManyMistakes_whenListed_thenTheMostFrequentComeFirst() {
    ConfusionMatrix confusion =
        new ConfusionMatrix(Answers.LABELS)
            .add(HAPPY, SAD, 2)
            .add(SAD, HAPPY, 5)
            .add(SAD, SAD, 5)
            .add(ANGRY, HAPPY, 1);

    assertThat(ConfusedPair.of(confusion, 2))
        .containsExactly(
            new ConfusedPair(SAD, HAPPY, 5, 0.5), new ConfusedPair(HAPPY, SAD, 2, 1.0));
  }

  @Test
  void givenNoPrediction_whenAssessed_thenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assessment.of(new Predictions(Answers.LABELS, List.of()), 1))
        .withMessageContaining("no predictions");
  }

  @Test
  void givenAnAssessment_whenWritten_thenTheReportHasItsNumbers() {
    JsonNode json = AssessmentJson.of(Assessment.of(byHand(), 7));

    assertThat(json.path("accuracy").asDouble()).isCloseTo(5.0 / 8, EXACTLY);
    assertThat(json.path("recordings").asInt()).isEqualTo(8);
    assertThat(json.path("labels").toString()).isEqualTo("[\"happy\",\"sad\",\"angry\"]");
    assertThat(json.path("confusion").toString()).isEqualTo("[[2,1,0],[0,1,1],[0,1,2]]");
    assertThat(json.path("by_speaker").path(1).toString())
        .startsWith("{\"name\":\"ravdess-02\",\"recordings\":3,\"accuracy\":0.66");
    assertThat(json.path("by_gender")).hasSize(2);
    assertThat(json.path("by_intensity")).hasSize(3);
    assertThat(json.path("by_corpus")).hasSize(1);
    assertThat(json.path("calibration").path("bins")).hasSize(8);
    assertThat(json.path("coverage").path(9).path("accuracy").asDouble()).isEqualTo(0.75);
    assertThat(json.path("confused").path(0).path("actual").asText()).isEqualTo("happy");
    assertThat(json.path("hardest").path(0).path("recording").asText())
        .isEqualTo("recording-06.wav");
    assertThat(json.path("uar_range").path("seed").asLong()).isEqualTo(7);
    assertThat(json.path("uar_range").path("speakers").asInt()).isEqualTo(3);
  }

  @Test
  void givenThousandsOfSpeakers_whenWritten_thenThoseWithTheMostRecordingsAreListed() {
    Answers answers = new Answers();
    for (int speaker = 1; speaker <= 300; speaker++) {
      answers.of(speaker, SAD, 0, 1, 0);
    }
    answers.of(300, SAD, 0, 1, 0);

    JsonNode listed = AssessmentJson.of(Assessment.of(answers.predictions(), 1)).path("by_speaker");

    assertThat(listed).hasSize(200);
    assertThat(listed.path(199).path("name").asText()).isEqualTo("ravdess-300");
  }
}
