package ser.report.page;

import java.util.Optional;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * A chart with its title.
 *
 * @param title what it shows
 * @param remark how to read it; may be empty
 * @param picture a chart or picture
 * @param numbers the same as a table, folded up below it
 */
public record Figure(String title, String remark, Markup picture, Optional<Table> numbers)
    implements Markup {

  public static Figure of(String title, String remark, Markup picture) {
    return new Figure(title, remark, picture, Optional.empty());
  }

  public static Figure withNumbers(String title, String remark, Markup picture, Table numbers) {
    return new Figure(title, remark, picture, Optional.of(numbers));
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element caption = Element.of("figcaption").add(Element.of("h3").text(title));
    if (!remark.isEmpty()) {
      caption.add(Element.of("p").text(remark));
    }
    Element figure = Element.of("figure").with("class", "card").add(caption).add(picture);
    numbers.ifPresent(table -> figure.add(new Fold("Numbers", table)));
    figure.appendTo(html);
  }
}
