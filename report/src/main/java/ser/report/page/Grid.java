package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/** Parts side by side where there is room, else below each other. */
public record Grid(List<? extends Markup> parts) implements Markup {
  public Grid {
    parts = List.copyOf(parts);
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element.of("div").with("class", "grid").addAll(parts).appendTo(html);
  }
}
