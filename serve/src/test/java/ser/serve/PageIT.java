package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser: upload, drop, record, compare, and what goes wrong. */
@ExtendWith(BrowserTests.class)
class PageIT {
  private final DemoPage page;

  PageIT(DemoPage page) {
    this.page = page;
  }

  @BeforeEach
  void open() {
    page.open();
  }

  @AfterEach
  void theBrowserHasNothingToComplainOf() {
    assertThat(page.complaints()).isEmpty();
    assertThat(page.fetched()).isNotEmpty().allMatch(this::isOurs);
  }

  private boolean isOurs(String address) {
    return address.startsWith(page.address().toString())
        || address.startsWith("blob:" + page.address())
        || address.startsWith("data:");
  }

  @Test
  void givenARecording_whenUploaded_thenItIsShownByAllModelsAsTheApiSays() throws Exception {
    Path voice = Voices.spoken(page.folder().resolve("voice.wav"));

    page.upload(voice);
    page.awaitResult();

    JsonNode results =
        Answers.json(page.server().post("/api/predict", Files.readAllBytes(voice))).path("results");
    List<String> expected = new ArrayList<>();
    results.forEach(result -> expected.add(wordOf(result.path("verdict"))));
    assertThat(page.verdictWords()).hasSize(2).isEqualTo(expected);
    assertThat(page.byTestId("recording-name").getText()).isEqualTo("voice.wav");
    assertThat(page.byTestId("recording-facts").getText()).contains("4.0 s", "8,000 Hz", "mono");
    assertThat(page.all("#lanes .track")).as("a lane a model").hasSize(2);
    assertThat(page.all("[data-testid=waveform] svg")).hasSize(1);
    page.await(
        p -> (Boolean) page.script("return document.getElementById('log-mel').naturalWidth > 0;"));
    page.await(
        p -> (Boolean) page.script("return document.getElementById('audio').duration === 4;"));
    page.photograph("result-desktop");
  }

  @Test
  void givenARecording_whenDropped_thenItIsScored() throws Exception {
    Path voice = Voices.spoken(page.folder().resolve("dropped.wav"));

    page.script(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'dropped.wav', { type: 'audio/wav' }));
        const drop = document.getElementById('drop');
        drop.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
        drop.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        """,
        Base64.getEncoder().encodeToString(Files.readAllBytes(voice)));
    page.awaitResult();

    assertThat(page.byTestId("recording-name").getText()).isEqualTo("dropped.wav");
    assertThat(page.verdictWords()).hasSize(2);
  }

  @Test
  void givenAMicrophone_whenRecorded_thenVerdictsComeWhileItIsOnAndOneAtTheEnd() {
    page.byTestId("record").click();
    page.await(p -> page.all("[data-testid=live] [data-word]").size() == 2);
    // Asked again while it listens, not once.
    page.await(p -> predictions() >= 3);

    assertThat(page.all("[data-testid=live] [data-word]"))
        .allMatch(live -> !live.getDomAttribute("data-word").equals("no speech"));
    assertThat(page.byTestId("record").getText()).isEqualTo("Stop");
    page.photograph("recording");

    page.byTestId("record").click();
    page.awaitResult();

    assertThat(page.byTestId("live").isDisplayed()).isFalse();
    assertThat(page.byTestId("record").getText()).isEqualTo("Record");
    assertThat(page.verdictWords()).hasSize(2).doesNotContain("no speech");
    // As long as three verdicts took at the least.
    assertThat(seconds()).isGreaterThan(2);
  }

  @Test
  void givenSomethingSpoken_whenItIsRefused_thenItCanBeScoredAllTheSame() {
    page.byTestId("record").click();
    page.await(p -> predictions() >= 1);
    page.all("[data-testid=model-choice] input").forEach(WebElement::click);
    page.byTestId("record").click();
    assertThat(page.awaitError().getText()).contains("No model is chosen");

    page.all("[data-testid=model-choice] input").get(0).click();
    page.byTestId("again").click();
    page.awaitResult();

    assertThat(page.byTestId("recording-name").getText()).isEqualTo("your recording");
    assertThat(page.verdictWords()).hasSize(1);
  }

  @Test
  void givenARecordingThatIsBeingScored_whenTheNextIsRefused_thenOnlyThatIsSaid() throws Exception {
    page.script(
        """
        const drop = (bytes, name) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], name, { type: 'audio/wav' }));
          document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        };
        drop(Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0)), 'first.wav');
        drop(new Uint8Array(2000001), 'large.wav');
        """,
        Base64.getEncoder()
            .encodeToString(Files.readAllBytes(Voices.spoken(page.folder().resolve("first.wav")))));

    assertThat(page.awaitError().getText()).contains("at most 2 MB");
    assertThat(page.byTestId("status").getText()).isEmpty();
    assertThat(page.byTestId("result").isDisplayed()).isFalse();
  }

  @Test
  void givenTwoModels_whenOneIsLeftOut_thenOnlyTheOtherIsAsked() throws Exception {
    page.all("[data-testid=model-choice] input").get(0).click();

    page.upload(Voices.spoken(page.folder().resolve("voice.wav")));
    page.awaitResult();

    assertThat(page.verdictWords()).hasSize(1);
    assertThat(page.all("#lanes .track")).hasSize(1);

    page.all("[data-testid=model-choice] input").get(1).click();
    page.upload(Voices.spoken(page.folder().resolve("voice.wav")));
    assertThat(page.awaitError().getText()).contains("No model is chosen");
  }

  @Test
  void givenModels_whenThePageOpens_thenTheirCardsSayHowGoodTheyAre() {
    assertThat(page.all("[data-testid=cards] article")).hasSize(2);
    assertThat(page.all("[data-testid=cards] article h3"))
        .extracting(WebElement::getText)
        .containsExactly("small-first on ravdess", "small-second on ravdess");
    assertThat(page.byTestId("metrics").getText())
        .contains("75%", "24", "recordings of 2 speakers");
    assertThat(page.byTestId("confusion").getText()).contains("sad 5 1 2");
    assertThat(page.byTestId("facts").getText()).contains("CC BY-NC-SA 4.0", "by speaker");
    assertThat(page.byTestId("notice").getText()).contains("Article 5(1)(f)");
    assertThat(page.byTestId("limits").getText()).isEqualTo("At most 2 MB and 1 minute.");
    page.photograph("start-desktop");
  }

  @Test
  void givenWhatIsNoRecording_whenUploaded_thenASentenceAndNoResult() throws Exception {
    page.upload(Voices.noRecording(page.folder().resolve("letter.wav")));

    assertRefused("not_audio_container", "WAV");
    page.photograph("error");
  }

  @Test
  void givenATooLongRecording_whenUploaded_thenTheLimitIsNamed() throws Exception {
    page.upload(SmallModel.tone(page.folder().resolve("long.wav"), BrowserTests.MOST_SECONDS + 1));

    assertRefused("too_long", BrowserTests.MOST_SECONDS + " s");
  }

  @Test
  void givenATooLargeRecording_whenUploaded_thenTheLimitIsNamedAndNothingIsSent() throws Exception {
    double seconds = BrowserTests.UPLOAD_BYTES / 2.0 / SmallModel.RATE_HZ;
    page.upload(SmallModel.tone(page.folder().resolve("large.wav"), seconds));

    assertThat(page.awaitError().getText()).contains("2 MB");
    assertThat(predictions()).isZero();
  }

  @Test
  void givenAStereoRecording_whenUploaded_thenAChannelIsAskedForAndScored() throws Exception {
    page.upload(Voices.stereo(page.folder().resolve("call.wav")));
    page.await(p -> page.byTestId("channel-form").isDisplayed());

    assertThat(page.byTestId("result").isDisplayed()).isFalse();
    assertThat(page.all("[data-testid=channel-form] input:checked"))
        .as("none is proposed")
        .isEmpty();
    assertThat(page.byTestId("channel-form").getText()).contains("2 channels", "Article 5(1)(f)");
    page.photograph("channels");

    // Focus is on the first channel.
    page.press(Keys.ARROW_DOWN);
    page.press(Keys.ENTER);
    page.awaitResult();

    assertThat(page.byTestId("recording-facts").getText())
        .contains("2 channels", "channel 1 scored");
  }

  @Test
  void givenANameThatIsHtml_whenUploaded_thenItIsShownAsItIs() throws Exception {
    String name = "<img src=x onerror=alert(1)>.wav";

    page.upload(Voices.spoken(page.folder().resolve(name)));
    page.awaitResult();

    assertThat(page.byTestId("recording-name").getText()).isEqualTo(name);
    assertThat(page.all("#recording-name img")).isEmpty();
  }

  private void assertRefused(String reason, String words) {
    WebElement error = page.awaitError();
    assertThat(error.getDomAttribute("data-reason")).isEqualTo(reason);
    assertThat(error.getText()).contains(words);
    assertThat(page.byTestId("result").isDisplayed()).isFalse();
    assertThat(page.byTestId("status").getText()).isEmpty();
  }

  private long predictions() {
    return page.fetched().stream().filter(name -> name.contains("/api/predict")).count();
  }

  private double seconds() {
    return Double.parseDouble(
        page.byTestId("recording-facts").getText().replaceAll("^\\D*([\\d.]+) s.*", "$1"));
  }

  private static String wordOf(JsonNode verdict) {
    if (verdict.path("probability").isNull()) {
      return "no speech";
    }
    return verdict.path("not_sure").asBoolean() ? "not sure" : verdict.path("emotion").asText();
  }
}
