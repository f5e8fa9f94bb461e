package ser.report.chart;

import ser.report.markup.Element;
import ser.report.text.Numbers;

/**
 * The elements that charts are made of. Colours and fonts stand in the style sheet, by class, so
 * that a chart follows the page into the dark and onto paper.
 */
final class Svg {
  /** Of 12 px text in the usual fonts; there is no font to measure where a report is written. */
  static final double LETTER_WIDTH = 6.7;

  private Svg() {}

  /**
   * @param label what is to be seen, for those who cannot see it
   */
  static Element picture(double width, double height, String label) {
    return Element.of("svg")
        .with("class", "chart")
        .with("viewBox", "0 0 " + Numbers.plain(width) + " " + Numbers.plain(height))
        .with("role", "img")
        .with("aria-label", label);
  }

  static Element rectangle(String style, double x, double y, double width, double height) {
    return Element.of("rect")
        .with("class", style)
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", height);
  }

  static Element line(String style, double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .with("class", style)
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2);
  }

  /**
   * @param style its last word places the text: start, middle or end of it at {@code x}
   */
  static Element text(String style, double x, double y, String text) {
    return Element.of("text").with("class", style).with("x", x).with("y", y).text(text);
  }

  static Element path(String style, String d) {
    return Element.of("path").with("class", style).with("d", d);
  }

  static Element image(String uri, double x, double y, double width, double height) {
    return Element.of("image")
        .with("href", uri)
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", height)
        .with("preserveAspectRatio", "none");
  }

  /** What a pointer that rests on the element shows. */
  static Element hint(String text) {
    return Element.of("title").text(text);
  }

  /** The text, or its beginning and an ellipsis. */
  static String fitted(String text, double width) {
    int letters = (int) (width / LETTER_WIDTH);
    int length = text.codePointCount(0, text.length());
    return length <= letters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(1, letters - 1))) + "…";
  }

  static double widthOf(String text) {
    return LETTER_WIDTH * text.codePointCount(0, text.length());
  }
}
