package ser.serve.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ser.report.page.Page;

/** The page and what belongs to it: a fixed list from the jar, so that no path leads elsewhere. */
final class Assets {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String PAGE = "index.html";
  private static final String REPORT_STYLES = "report.css";
  private static final List<String> OWN =
      List.of(
          "page.css",
          "app.js",
          "api.js",
          "card.js",
          "draw.js",
          "elements.js",
          "recorder.js",
          "recorder-worklet.js",
          "result.js",
          "wav.js",
          "icon.svg");

  private final Map<String, Asset> assets = new LinkedHashMap<>();

  /** A file. */
  record Asset(String type, byte[] bytes) {}

  Assets() {
    for (String name : OWN) {
      assets.put(name, new Asset(typeOf(name), read(Assets.class, name)));
    }
    // The reports' own, so that all pages look alike.
    assets.put(REPORT_STYLES, new Asset(CSS, read(Page.class, REPORT_STYLES)));
  }

  Asset page() {
    return new Asset(HTML, read(Assets.class, PAGE));
  }

  Asset openApi() {
    return new Asset("application/json", read(Assets.class, "openapi.json"));
  }

  Optional<Asset> named(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  private static String typeOf(String name) {
    if (name.endsWith(".css")) {
      return CSS;
    }
    return name.endsWith(".svg") ? "image/svg+xml" : SCRIPT;
  }

  private static byte[] read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("%s is not in the jar".formatted(name));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
