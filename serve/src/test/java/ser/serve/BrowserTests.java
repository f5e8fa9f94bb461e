package ser.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import ser.serve.engine.Limits;

/** Gives tests the page in a browser: one browser and one server for all of them. */
final class BrowserTests implements ExecutionCondition, ParameterResolver {
  static final int UPLOAD_BYTES = 2_000_000;
  static final int MOST_SECONDS = 60;
  private static final int REQUEST_S = 30;

  private static final double MICROPHONE_S = 20;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Chromium.isInstalled()
        ? ConditionEvaluationResult.enabled("there is a Chromium")
        : ConditionEvaluationResult.disabled(
            "no /usr/bin/chromium and /usr/bin/chromedriver: apt-get install chromium chromium-driver");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DemoPage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(BrowserTests.class))
        .computeIfAbsent(Session.class, key -> new Session(), Session.class)
        .page();
  }

  /** Closed with the last test. */
  private static final class Session implements AutoCloseable {
    private final Path folder;
    private final RunningServer server;
    private final Chromium browser;

    private Session() {
      try {
        folder = Files.createTempDirectory("ser-page");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server =
          RunningServer.start(
              Limits.of(UPLOAD_BYTES, MOST_SECONDS, 0, REQUEST_S), PageModels.write(folder));
      browser = Chromium.start(SmallModel.tone(folder.resolve("microphone.wav"), MICROPHONE_S));
    }

    private DemoPage page() {
      return new DemoPage(browser, server, folder);
    }

    @Override
    public void close() throws IOException {
      browser.close();
      server.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
