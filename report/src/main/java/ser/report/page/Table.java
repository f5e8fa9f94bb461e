package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * A table. On a narrow screen it scrolls inside the page, not the page around it.
 *
 * @param caption what it shows
 * @param columns the first one names the rows
 * @param rows each with one cell per column
 */
public record Table(String caption, List<Column> columns, List<List<Markup>> rows)
    implements Markup {

  /** A column's name, and how its cells stand. */
  public record Column(String name, Kind kind) {
    public static Column text(String name) {
      return new Column(name, Kind.TEXT);
    }

    public static Column number(String name) {
      return new Column(name, Kind.NUMBER);
    }
  }

  /** Numbers stand on the right, so that their digits are below each other. */
  public enum Kind {
    TEXT("text"),
    NUMBER("number");

    private final String style;

    Kind(String style) {
      this.style = style;
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Markup> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of table '%s' has %d cells for %d columns"
                .formatted(caption, row.size(), columns.size()));
      }
    }
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element head = Element.of("tr");
    for (Column column : columns) {
      head.add(
          Element.of("th")
              .with("scope", "col")
              .with("class", column.kind().style)
              .text(column.name()));
    }
    Element body = Element.of("tbody");
    rows.forEach(row -> body.add(row(row)));
    Element.of("div")
        .with("class", "scroll")
        // So that the keyboard can scroll it.
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", caption)
        .add(
            Element.of("table")
                .add(Element.of("caption").text(caption))
                .add(Element.of("thead").add(head))
                .add(body))
        .appendTo(html);
  }

  private Markup row(List<Markup> cells) {
    Element row = Element.of("tr");
    for (int i = 0; i < cells.size(); i++) {
      Element cell = i == 0 ? Element.of("th").with("scope", "row") : Element.of("td");
      row.add(cell.with("class", columns.get(i).kind().style).add(cells.get(i)));
    }
    return row;
  }
}
