package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/** Parts below each other, as one part of a {@link Grid}. */
public record Stack(List<? extends Markup> parts) implements Markup {
  public Stack {
    parts = List.copyOf(parts);
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element.of("div").with("class", "stack").addAll(parts).appendTo(html);
  }
}
