package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/**
 * A part of a page with a heading of its own, which the page's list of contents names.
 *
 * @param parts from the top down
 */
public record Section(String title, List<? extends Markup> parts) {
  public Section {
    parts = List.copyOf(parts);
  }

  public static Section of(String title, Markup... parts) {
    return new Section(title, List.of(parts));
  }

  /** The section where links to an anchor lead. */
  Markup at(String anchor) {
    return Element.of("section")
        .with("id", anchor)
        .with("aria-labelledby", anchor + "-title")
        .add(Element.of("h2").with("id", anchor + "-title").text(title))
        .addAll(parts);
  }
}
