package ser.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * One self-contained HTML page: its styles and pictures stand inside it, and its
 * Content-Security-Policy forbids everything else, scripts and connections included. It follows the
 * reader's choice of light or dark, fits a phone and can be printed.
 *
 * @param job the command that wrote it: {@code ser extract}
 * @param title what it reports on
 * @param summary the result in a sentence
 * @param sections from the top down
 */
public record Page(String job, String title, String summary, List<Section> sections) {
  private static final String STYLES = "report.css";

  public Page {
    sections = List.copyOf(sections);
  }

  /** The page as a file in UTF-8. */
  public byte[] toBytes() {
    String styles = styles();
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
    Element.of("html")
        .with("lang", "en")
        .add(Element.of("head").addAll(head(styles)))
        .add(Element.of("body").addAll(body()))
        .appendTo(html);
    return html.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private List<Markup> head(String styles) {
    return List.of(
        Element.of("meta").with("charset", "utf-8"),
        Element.of("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", policy(styles)),
        Element.of("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        Element.of("meta").with("name", "color-scheme").with("content", "light dark"),
        Element.of("meta").with("name", "referrer").with("content", "no-referrer"),
        Element.of("title").text(job + ": " + title),
        // The one text that is not escaped; it comes from this module's own resources.
        html -> html.append("<style>").append(styles).append("</style>"));
  }

  private List<Markup> body() {
    Element header =
        Element.of("header")
            .add(Element.of("p").with("class", "job").text(job))
            .add(Element.of("h1").text(title))
            .add(Element.of("p").with("class", "summary").text(summary));
    if (sections.size() > 1) {
      header.add(contents());
    }
    Element main = Element.of("main");
    for (int i = 0; i < sections.size(); i++) {
      main.add(sections.get(i).at(anchor(i)));
    }
    return List.of(header, main);
  }

  private Markup contents() {
    Element list = Element.of("ul");
    for (int i = 0; i < sections.size(); i++) {
      list.add(
          Element.of("li")
              .add(Element.of("a").with("href", "#" + anchor(i)).text(sections.get(i).title())));
    }
    return Element.of("nav").with("aria-label", "Sections").add(list);
  }

  private static String anchor(int section) {
    return "section-" + (section + 1);
  }

  /** Styles are allowed by their hash: not even a style that somebody smuggled in would apply. */
  private static String policy(String styles) {
    return "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(sha256(styles));
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String styles() {
    try (InputStream in = Page.class.getResourceAsStream(STYLES)) {
      if (in == null) {
        throw new IllegalStateException("%s is not in the jar".formatted(STYLES));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + STYLES, e);
    }
  }
}
