package ser.serve;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page of {@code ser serve} in a browser, by what its user can see and do. */
final class DemoPage {
  /** Only a test that fails waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int DESKTOP_WIDTH = 1280;
  private static final int DESKTOP_HEIGHT = 900;

  private static final String CONTRAST =
      """
      const channels = (colour) => {
        const [r, g, b, a = 1] = colour.match(/[\\d.]+(?:e-?\\d+)?/g).map(Number);
        return colour.startsWith('color(') ? [255 * r, 255 * g, 255 * b, a] : [r, g, b, a];
      };
      const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3]));
      const behind = (element) => {
        if (!element) {
          return [255, 255, 255];
        }
        const colour = channels(getComputedStyle(element).backgroundColor);
        return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
      };
      const luminance = (colour) => {
        const [r, g, b] = colour.slice(0, 3).map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const words = (element) => [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join(' ').trim();
      return [...document.body.querySelectorAll('*')]
        .filter((element) => words(element) && element.checkVisibility())
        .flatMap((element) => {
          const style = getComputedStyle(element);
          const back = behind(element);
          const pair = [luminance(over(channels(style.color), back)), luminance(back)].sort((a, b) => b - a);
          const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
          return ratio < (large ? 3 : 4.5)
            ? [`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${words(element)}`] : [];
        });
      """;

  private final Chromium browser;
  private final ChromeDriver driver;
  private final RunningServer server;
  private final Path folder;

  DemoPage(Chromium browser, RunningServer server, Path folder) {
    this.browser = browser;
    this.driver = browser.driver();
    this.server = server;
    this.folder = folder;
  }

  /** Anew, on a desktop in the light; ends once the models are listed. */
  void open() {
    browser.resize(DESKTOP_WIDTH, DESKTOP_HEIGHT);
    browser.prefer("light");
    browser.log();
    driver.get(server.address().toString());
    await(page -> !all("[data-testid=cards] article").isEmpty());
  }

  Chromium browser() {
    return browser;
  }

  RunningServer server() {
    return server;
  }

  /** A folder for recordings. */
  Path folder() {
    return folder;
  }

  URI address() {
    return server.address();
  }

  WebElement byTestId(String id) {
    return driver.findElement(By.cssSelector("[data-testid='" + id + "']"));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  void upload(Path recording) {
    byTestId("file").sendKeys(recording.toAbsolutePath().toString());
  }

  void awaitResult() {
    await(page -> byTestId("result").isDisplayed());
  }

  /** What went wrong, as the user reads it. */
  WebElement awaitError() {
    return new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS)
        .until(page -> all("[data-testid=error] p").stream().findFirst().orElse(null));
  }

  void await(ExpectedCondition<Boolean> condition) {
    new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS).until(condition);
  }

  /** Of the verdicts, without their shares: by model's id, in the order shown. */
  List<String> verdictWords() {
    return all("[data-testid=verdicts] [data-testid=verdict-word]").stream()
        .map(word -> word.getText().replaceAll("[>< ]*\\d+%", "").trim())
        .toList();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until the element has the focus. */
  void tabTo(String testId) {
    List<String> passed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      press(Keys.TAB);
      requireFocusIsSeen();
      String reached = driver.switchTo().activeElement().getDomAttribute("data-testid");
      if (testId.equals(reached)) {
        return;
      }
      passed.add(reached);
    }
    throw new AssertionError("Tab does not reach " + testId + ", only " + passed);
  }

  /** The focused element itself has an outline, or the label that stands for it. */
  private void requireFocusIsSeen() {
    Object seen =
        script(
            """
            const focused = document.activeElement;
            const parts = [focused, ...(focused.labels ?? [])];
            return focused === document.body || focused.tagName === 'AUDIO' || parts.some((part) => {
              const style = getComputedStyle(part);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
            });
            """);
    if (!Boolean.TRUE.equals(seen)) {
      throw new AssertionError(
          "no visible focus on " + driver.switchTo().activeElement().getDomProperty("outerHTML"));
    }
  }

  Object script(String body, Object... arguments) {
    return driver.executeScript(body, arguments);
  }

  /**
   * Words whose contrast with what is behind them is below WCAG 2.2's 1.4.3 (AA): 4.5, and 3 for
   * large ones.
   */
  List<String> illegible() {
    @SuppressWarnings("unchecked")
    List<String> words = (List<String>) script(CONTRAST);
    return words;
  }

  /** How far the page reaches beyond the screen to the right. */
  long overflow() {
    return (Long)
        script(
            "const d = document.documentElement; return Math.max(d.scrollWidth, document.body.scrollWidth) - d.clientWidth;");
  }

  /** Addresses of everything that was fetched. */
  List<String> fetched() {
    @SuppressWarnings("unchecked")
    List<String> names =
        (List<String>)
            script("return performance.getEntriesByType('resource').map((e) => e.name);");
    return names;
  }

  /** What the browser complained of, but for answers of the API that a test asked for. */
  List<String> complaints() {
    return browser.log().stream()
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("/api/predict"))
        .toList();
  }

  void photograph(String name) {
    browser.photograph(name);
  }
}
