package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page without a mouse, on a telephone, and in the dark. */
@ExtendWith(BrowserTests.class)
class PageAccessIT {
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private final DemoPage page;

  PageAccessIT(DemoPage page) {
    this.page = page;
  }

  @BeforeEach
  void open() {
    page.open();
  }

  @AfterEach
  void theBrowserHasNothingToComplainOf() {
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void givenOnlyAKeyboard_whenTabbed_thenAllIsReachedWithFocusThatIsSeen() throws Exception {
    page.tabTo("file");
    page.tabTo("record");
    page.press(Keys.SPACE);
    page.await(p -> page.byTestId("record").getText().equals("Stop"));
    page.await(p -> !page.all("[data-testid=live] [data-word]").isEmpty());
    page.press(Keys.ENTER);
    page.awaitResult();
    // The focus has gone to the result.
    page.tabTo("timeline");
    page.press(Keys.HOME);
    assertThat(momentS()).isZero();
    page.press(Keys.ARROW_RIGHT);
    double step = momentS();
    assertThat(step).isPositive();
    page.press(Keys.ARROW_RIGHT);
    assertThat(momentS()).isGreaterThan(step);
    page.press(Keys.ARROW_LEFT);
    assertThat(momentS()).isEqualTo(step);
    page.press(Keys.END);
    assertThat(page.byTestId("timeline").getDomAttribute("aria-valuenow"))
        .isEqualTo(page.byTestId("timeline").getDomAttribute("aria-valuemax"));
    assertThat(page.all("[data-testid=moment] .bar-value")).isNotEmpty();
    page.photograph("keyboard");
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    assertThat(page.byTestId("segments-table").isDisplayed()).as("opened by Enter").isTrue();
  }

  @Test
  void givenAKeyboard_whenModelsAreChosen_thenSpaceTurnsThemOff() {
    page.tabTo("record");
    page.press(Keys.TAB);
    page.press(Keys.SPACE);

    List<WebElement> boxes = page.all("[data-testid=model-choice] input");
    assertThat(boxes.get(0).isSelected()).isFalse();
    assertThat(boxes.get(1).isSelected()).isTrue();
  }

  @Test
  void givenATelephone_whenUsed_thenNothingIsWiderThanItsScreen() throws Exception {
    page.browser().resize(PHONE_WIDTH, PHONE_HEIGHT);
    assertThat(page.overflow()).isZero();
    page.photograph("start-phone");

    page.upload(
        Voices.spoken(
            page.folder().resolve("a-rather-long-name-of-a-recording-from-a-telephone-2026.wav")));
    page.awaitResult();

    assertThat(page.overflow()).isZero();
    page.photograph("result-phone");
  }

  @Test
  void givenADarkDesktop_whenShown_thenThePageIsDarkAndAllWordsStandOut() throws Exception {
    page.browser().prefer("dark");
    page.upload(Voices.spoken(page.folder().resolve("voice.wav")));
    page.awaitResult();

    assertThat(brightnessOfBody()).isLessThan(60);
    assertThat(page.illegible()).isEmpty();
    page.photograph("result-dark");
  }

  @Test
  void givenALightDesktop_whenShown_thenAllWordsStandOut() throws Exception {
    page.upload(Voices.spoken(page.folder().resolve("voice.wav")));
    page.awaitResult();

    assertThat(brightnessOfBody()).isGreaterThan(200);
    assertThat(page.illegible()).isEmpty();
  }

  private double momentS() {
    return Double.parseDouble(page.byTestId("timeline").getDomAttribute("aria-valuenow"));
  }

  private double brightnessOfBody() {
    return ((Number)
            page.script(
                """
                const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                """))
        .doubleValue();
  }
}
