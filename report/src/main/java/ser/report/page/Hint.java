package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/** A line in small print: where something comes from, how it is to be read. */
public record Hint(List<? extends Markup> parts) implements Markup {
  public Hint {
    parts = List.copyOf(parts);
  }

  public static Hint of(String text) {
    return new Hint(List.of(Markup.text(text)));
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element.of("div").with("class", "hint").addAll(parts).appendTo(html);
  }
}
