package ser.report.markup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import ser.report.text.Numbers;

/**
 * An HTML or SVG element. What could run code or fetch something is refused, so a page made of
 * elements is self-contained whatever text went into it.
 */
public final class Element implements Markup {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  /** They run code, embed other documents, or leave the rules of ordinary text. */
  private static final Set<String> REFUSED =
      Set.of("script", "style", "iframe", "frame", "object", "embed", "link", "base", "form");

  private static final Set<String> VOID = Set.of("meta", "br", "hr", "img", "col", "wbr");
  private static final Set<String> REFERENCES = Set.of("href", "src", "action", "data", "srcset");
  private static final Pattern INSIDE = Pattern.compile("#[a-zA-Z0-9_-]+");

  /** In a folder below. Nothing is fetched until a reader follows it. */
  private static final Pattern REPORT_BELOW = Pattern.compile("[a-zA-Z0-9_-]+/report\\.html");

  private static final Pattern PICTURE = Pattern.compile("data:image/png;base64,[A-Za-z0-9+/]+=*");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Markup> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /**
   * @throws IllegalArgumentException if there is no such element, or it could run or fetch
   *     something
   */
  public static Element of(String name) {
    if (!NAME.matcher(name).matches() || REFUSED.contains(name)) {
      throw new IllegalArgumentException("an element '%s' has no place in a page".formatted(name));
    }
    return new Element(name);
  }

  /**
   * @throws IllegalArgumentException if the attribute could run code, or refers to anything but
   *     this page, PNG pictures inside it, and, where a reader has to follow it, the report of a
   *     folder below
   */
  public Element with(String attribute, String value) {
    if (!NAME.matcher(attribute).matches()
        || attribute.startsWith("on")
        || attribute.equals("style")) {
      throw new IllegalArgumentException(
          "an attribute '%s' has no place in a page".formatted(attribute));
    }
    if (REFERENCES.contains(attribute)
        && !INSIDE.matcher(value).matches()
        && !PICTURE.matcher(value).matches()
        && !isLinkBelow(attribute, value)) {
      throw new IllegalArgumentException(
          "%s=\"%s\" refers to something outside the page".formatted(attribute, value));
    }
    attributes.put(attribute, value);
    return this;
  }

  private boolean isLinkBelow(String attribute, String value) {
    return name.equals("a") && attribute.equals("href") && REPORT_BELOW.matcher(value).matches();
  }

  /** A coordinate or a length, to a hundredth. */
  public Element with(String attribute, double value) {
    return with(attribute, Numbers.plain(value));
  }

  public Element text(String text) {
    return add(Markup.text(text));
  }

  public Element add(Markup child) {
    children.add(child);
    return this;
  }

  public Element addAll(List<? extends Markup> more) {
    children.addAll(more);
    return this;
  }

  /** Void elements are closed too, so that a page is also well-formed XML. */
  @Override
  public void appendTo(StringBuilder html) {
    html.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          html.append(' ').append(attribute).append("=\"");
          Escape.text(value, html);
          html.append('"');
        });
    if (VOID.contains(name)) {
      html.append("/>");
      return;
    }
    html.append('>');
    children.forEach(child -> child.appendTo(html));
    html.append("</").append(name).append('>');
  }
}
