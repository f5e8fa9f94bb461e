package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/** Key figures side by side, to be read at a glance. */
public record Tiles(List<Tile> tiles) implements Markup {

  /**
   * A key figure.
   *
   * @param name what it counts
   * @param value as it is written
   * @param remark below it, may be empty
   */
  public record Tile(String name, String value, String remark) {}

  public Tiles {
    tiles = List.copyOf(tiles);
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element list = Element.of("dl").with("class", "tiles");
    for (Tile tile : tiles) {
      Element item =
          Element.of("div")
              .add(Element.of("dt").text(tile.name()))
              .add(Element.of("dd").with("class", "figure").text(tile.value()));
      if (!tile.remark().isEmpty()) {
        item.add(Element.of("dd").with("class", "remark").text(tile.remark()));
      }
      list.add(item);
    }
    list.appendTo(html);
  }
}
