package ser.report.page;

import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * What only some readers want to see, folded up below its title.
 *
 * @param title to click on
 */
public record Fold(String title, Markup content) implements Markup {
  @Override
  public void appendTo(StringBuilder html) {
    Element.of("details").add(Element.of("summary").text(title)).add(content).appendTo(html);
  }
}
