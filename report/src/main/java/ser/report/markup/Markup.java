package ser.report.markup;

import java.util.List;

/**
 * A piece of a page: text, an element or several of them. Whatever implements it writes well-formed
 * and escaped HTML, so pieces can be put together without further care.
 */
@FunctionalInterface
public interface Markup {

  void appendTo(StringBuilder html);

  /** Escaped text. */
  static Markup text(String text) {
    return html -> Escape.text(text, html);
  }

  /**
   * Text that others chose, such as the name of a file: set apart, so that letters which turn the
   * direction of writing turn nothing around it.
   */
  static Markup name(String name) {
    return Element.of("bdi").with("class", "name").text(name);
  }

  /** Such texts, one below the other. */
  static Markup names(List<String> names) {
    Element list = Element.of("div");
    names.forEach(name -> list.add(Element.of("div").add(name(name))));
    return list;
  }

  /** One after the other. */
  static Markup all(List<? extends Markup> parts) {
    List<Markup> copy = List.copyOf(parts);
    return html -> copy.forEach(part -> part.appendTo(html));
  }

  /** The HTML of this piece alone. */
  default String html() {
    StringBuilder html = new StringBuilder();
    appendTo(html);
    return html.toString();
  }
}
