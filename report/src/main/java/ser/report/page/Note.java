package ser.report.page;

import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * A remark that must not be overlooked.
 *
 * @param level how much depends on it
 * @param title its beginning, in bold
 * @param text the rest
 */
public record Note(Level level, String title, String text) implements Markup {

  /** How much depends on a note. Its word stands in it, so that nobody needs to see its colour. */
  public enum Level {
    REMARK("remark"),
    WARNING("warning");

    private final String style;

    Level(String style) {
      this.style = style;
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element.of("p")
        .with("class", "note " + level.style)
        .with("role", "note")
        .add(Element.of("strong").text(title))
        .text(" " + text)
        .appendTo(html);
  }
}
