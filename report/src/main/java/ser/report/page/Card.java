package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * Parts that belong together.
 *
 * @param title of the card; empty for none
 * @param parts from the top down
 */
public record Card(String title, List<? extends Markup> parts) implements Markup {
  public Card {
    parts = List.copyOf(parts);
  }

  /** A card that the heading above it explains. */
  public static Card of(Markup... parts) {
    return new Card("", List.of(parts));
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element card = Element.of("div").with("class", "card");
    if (!title.isEmpty()) {
      card.add(Element.of("h3").text(title));
    }
    card.addAll(parts).appendTo(html);
  }
}
