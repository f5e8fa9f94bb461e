package ser.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import ser.jobs.ReportPage;

/** Pages about results say what their report.json says, and under which circumstances. */
class ResultPagesTest {
  private static final String CONFIGURATION =
      "{\"train\":{\"epochs\":3},\"evaluate\":{\"rows\":\"held-out\"},\"score\":{\"model\":\"x\"}}";

  private static ReportPage training(String split, String normalise) {
    return ReportPage.of(
        new TrainPage(TestReports.training(split, normalise), Optional.empty())
            .toBytes(CONFIGURATION));
  }

  private static ReportPage leakGap() {
    return ReportPage.of(new LeakGapPage(TestReports.leakGap()).toBytes(CONFIGURATION));
  }

  private static ReportPage evaluation(String split) {
    return ReportPage.of(new EvaluationPage(TestReports.evaluation(split)).toBytes(CONFIGURATION));
  }

  private static ReportPage folds() {
    return ReportPage.of(
        new TrainPage(TestReports.folds(), Optional.empty()).toBytes(CONFIGURATION));
  }

  static Stream<ReportPage> pages() {
    return Stream.of(training("speakers", "corpus"), leakGap(), evaluation("speakers"), folds());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void givenHostileNames_whenAPageIsRead_thenTheyAreTextAndNothingComesFromElsewhere(
      ReportPage page) {
    assertThat(page.html()).doesNotContain("<script", "http://", "https://", "src=");
    assertThat(page.texts("bdi")).anyMatch(name -> name.contains(TestReports.HOSTILE));
  }

  @Test
  void givenATraining_whenItsPageIsRead_thenItHasEverySection() {
    assertThat(training("speakers", "corpus").texts("h2"))
        .containsExactly(
            "Overview",
            "Which emotions are recognised",
            "Whose emotions are recognised",
            "Leak gap",
            "How sure it is, and rightly so",
            "Where it fails",
            "Learning curves",
            "This run");
  }

  @Test
  void givenATraining_whenItsPageIsRead_thenItsNumbersAreThoseOfTheReport() {
    ReportPage page = training("speakers", "corpus");

    // All that are sad are right, from 0.9 down to 0.58; the one that is angry is not.
    assertThat(page.table("Classification report").get("sad"))
        .containsExactly("83.3%", "100.0%", "90.9%", "5");
    assertThat(page.table("Classification report").get("angry"))
        .containsExactly("0.0%", "0.0%", "0.0%", "1");
    assertThat(page.table("Confusion matrix").get("angry")).containsExactly("1", "0");
    assertThat(page.table("By speaker").get("ravdess-01"))
        .containsExactly("5", "100.0%", "100.0%", "100.0%");
    assertThat(page.table("By gender")).containsOnlyKeys("female", "male");
    assertThat(page.table("By gender").get("female").get(1)).isEqualTo("0.0%");
    assertThat(page.table("By corpus")).containsOnlyKeys("ravdess");
    assertThat(page.table("By intensity")).containsOnlyKeys("normal");
    assertThat(page.table("Most confused pairs").get("angry"))
        .containsExactly("sad", "1", "100.0%");
    assertThat(page.table("Hardest recordings").get(TestReports.HOSTILE))
        .containsExactly("angry", "sad (97.0%)", "3.0%");
    // The most confident half: 0.97 (wrong), 0.9, 0.82.
    assertThat(page.table("Accuracy against coverage").get("50.0%"))
        .containsExactly("3", "66.7%", "82.0%");
    assertThat(page.table("Epochs").get("2"))
        .containsExactly("1.000", "1.250", "52.0%", "0.0005", "1.5");
  }

  @Test
  void givenNoTemperature_whenATrainingsPageIsRead_thenItSpeaksOfNone() {
    assertThat(training("speakers", "corpus").text()).doesNotContain("temperature");
  }

  @Test
  void givenARandomSplit_whenItsPageIsRead_thenItSpeaksOfNoValidationSpeakers() {
    ObjectNode report = TestReports.training("random", "corpus");
    report.withObject("/test/calibration").put("ece_before", 0.123);

    assertThat(ReportPage.of(new TrainPage(report, Optional.empty()).toBytes(CONFIGURATION)).text())
        .contains(
            "without the temperature that was fitted on the validation recordings it was 12.3%")
        .doesNotContain("validation speakers");
  }

  @Test
  void givenATraining_whenItsPageIsRead_thenItsLossIsNotCalledWhatItNeedNotBe() {
    assertThat(training("speakers", "corpus").text())
        .contains("in training with what the recipe asks for there")
        .doesNotContain("weighted by class");
  }

  @ParameterizedTest
  @CsvSource({"macro-f1, Macro F1 on the validation side", "loss, Loss"})
  void givenAMonitor_whenThePageIsRead_thenItsCurveAloneSaysWhichEpochIsKept(
      String monitor, String curve) {
    ObjectNode report = TestReports.training("speakers", "corpus").put("monitor", monitor);

    assertThat(
            ReportPage.of(new TrainPage(report, Optional.empty()).toBytes(CONFIGURATION))
                .texts("figcaption"))
        .filteredOn(caption -> caption.contains("decides which epoch's weights are kept: epoch 2"))
        .singleElement()
        .asString()
        .startsWith(curve);
  }

  @Test
  void givenATraining_whenItsPageIsRead_thenItSaysWhereItComesFrom() {
    assertThat(training("speakers", "corpus").text())
        .contains(
            "abc1234",
            "1,440 rows",
            "CC-BY-NC-SA-4.0",
            "ravdess-03, ravdess-04",
            "training: 60 noise, 1,200 original; validation: 60 original",
            "0123456789abcdef",
            "\"epochs\" : 3")
        .doesNotContain("\"model\" : \"x\"");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void givenAnyPage_whenRead_thenSplitAndNormaliseStandBesideEveryNumber(ReportPage page) {
    List<Element> tables =
        page.elements("table").stream()
            .filter(table -> !table.getTextContent().startsWith("The published recipes"))
            .filter(table -> !table.getTextContent().startsWith("Held-out recordings by split"))
            .toList();

    assertThat(tables)
        .isNotEmpty()
        .allSatisfy(
            table ->
                assertThat(table.getFirstChild().getTextContent())
                    .matches(".*, split [a-z-]+( \\(2 folds\\))?, normalise corpus"));
    assertThat(page.elements("dd").stream())
        .filteredOn(remark -> remark.getAttribute("class").equals("remark"))
        .filteredOn(remark -> remark.getPreviousSibling().getTextContent().endsWith("%"))
        .isNotEmpty()
        .allSatisfy(remark -> assertThat(remark.getTextContent()).contains("normalise corpus"));
    assertThat(page.texts("h1")).hasSize(1);
  }

  @Test
  void givenFolds_whenTheirPageIsRead_thenEachIsShownWithTheSpread() {
    ReportPage page = folds();

    assertThat(page.table("Folds").get("fold 1 of 2"))
        .containsExactly("3", "60.0%", "50.0%", "40.0%", "5", "ravdess-01");
    assertThat(page.table("Over folds").get("UAR"))
        .containsExactly("40.0%", "14.1%", "30.0%", "50.0%");
    assertThat(page.elements("a").stream().map(link -> link.getAttribute("href")))
        .contains("fold-1/report.html", "fold-2/report.html");
    assertThat(page.texts("h2")).contains("Folds", "Learning curves");
    assertThat(page.text())
        .contains("Mean 40.0%, deviation 14.1 points, from 30.0% to 50.0%", "one per fold");
  }

  @Test
  void givenFoldsOfDifferentLengths_whenTheirPageIsRead_thenEachEpochIsTheMeanOfThoseThatHaveIt() {
    ReportPage page = folds();

    assertThat(page.table("Epochs, means over folds"))
        .containsEntry("1", List.of("2", "3.000", "–", "–"))
        .containsEntry("3", List.of("1", "1.333", "–", "–"));
    assertThat(page.texts("h3"))
        .contains("Loss in training")
        .doesNotContain("Loss on the validation side", "Macro F1 on the validation side");
  }

  @Test
  void givenFoldsThatWereValidated_whenTheirPageIsRead_thenThoseCurvesAreShownToo() {
    ObjectNode report = TestReports.folds().put("monitor", "loss");
    report
        .path("folds")
        .forEach(
            fold ->
                ((ObjectNode) fold.path("epochs").get(0))
                    .put("validation_loss", 1.5 * fold.path("best_epoch").asInt())
                    .put("validation_macro_f1", 0.1 * fold.path("best_epoch").asInt()));
    ReportPage page = ReportPage.of(new TrainPage(report, Optional.empty()).toBytes(CONFIGURATION));

    assertThat(page.table("Epochs, means over folds"))
        .containsEntry("1", List.of("2", "3.000", "8.250", "55.0%"));
    assertThat(page.texts("h3"))
        .contains("Loss on the validation side", "Macro F1 on the validation side");
    assertThat(page.texts("figcaption"))
        .filteredOn(caption -> caption.contains("its own best epoch"))
        .singleElement()
        .asString()
        .startsWith("Loss on the validation side");
  }

  @Test
  void givenSpeakerNormalisation_whenTheirPageIsRead_thenItIsCalledTransductive() {
    ReportPage page = training("speakers", "speaker");

    assertThat(page.text())
        .contains("split speakers, normalise speaker (transductive)")
        .contains("prior of 30 s, deviation blended, 0 further mixes, scores too")
        .contains("no labels are used, but all of the speaker's recordings are");
    assertThat(page.elements("caption").stream())
        .filteredOn(caption -> caption.getTextContent().startsWith("Classification report"))
        .allSatisfy(caption -> assertThat(caption.getTextContent()).contains("(transductive)"))
        .hasSize(1);
  }

  @Test
  void givenARandomSplit_whenItsPageIsRead_thenItWarns() {
    assertThat(training("random", "corpus").text())
        .contains("These numbers flatter: split random.", "the same voices");
    assertThat(training("random-with-duplicates", "corpus").text())
        .contains("These numbers flatter", "learnt by heart");
    assertThat(training("speakers", "corpus").text()).doesNotContain("These numbers flatter");
    assertThat(evaluation("none").text())
        .contains("These numbers flatter: split none.", "it has been told their answers");
  }

  @Test
  void
      givenNoMeasuredLeakGap_whenATrainingsPageIsRead_thenItShowsThePublishedOnesAndHowToMeasure() {
    ReportPage page = training("speakers", "corpus");

    assertThat(page.table("The published recipes")).containsKey("mfcc-cnn3");
    assertThat(page.text())
        .contains("not by this training", "ser evaluate --leak-gap --recipe mfcc-cnn3");
  }

  @Test
  void givenAMeasuredLeakGap_whenATrainingsPageIsRead_thenItShowsThatOne() {
    ObjectNode report = TestReports.training("speakers", "corpus");

    ReportPage page =
        ReportPage.of(
            new TrainPage(report, Optional.of(TestReports.leakGap())).toBytes(CONFIGURATION));

    assertThat(page.table("Held-out recordings by split").get("random").get(2)).isEqualTo("70.0%");
    assertThat(page.text()).doesNotContain("The published recipes");
  }

  @Test
  void givenThreeProtocols_whenTheLeakGapIsRead_thenTheyStandSideBySideInPlainWords() {
    ReportPage page = leakGap();

    assertThat(page.table("Held-out recordings by split"))
        .containsOnlyKeys(
            "speakers", "random", "random-with-duplicates", "… those without a twin in training");
    assertThat(page.table("Held-out recordings by split").get("… those without a twin in training"))
        .containsExactly("corpus", "2", "67.0%", "66.0%", "65.0%");
    assertThat(page.text())
        .contains(
            "Split random-with-duplicates shows 93.4% where split speakers shows 45.0%: 48.4 points that new voices do not give.",
            "On those of its 6 test recordings whose copy did not stand in the training, 2, it is 67.0%.");
  }

  @Test
  void givenAnEvaluation_whenItsPageIsRead_thenItSaysWhatWasLeftOut() {
    ReportPage page = evaluation("speakers");

    assertThat(page.table("Recordings by what they are to the model").get("test"))
        .containsExactly("held out from its training", "6", "yes", "60.0%", "40.0%");
    assertThat(page.table("Recordings by what they are to the model").get("training"))
        .containsExactly("it learnt from them", "60", "no", "–", "–");
    assertThat(page.text()).contains("could not be looked for in /gone/features");
  }
}
