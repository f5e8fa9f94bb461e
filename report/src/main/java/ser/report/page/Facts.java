package ser.report.page;

import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;

/** Names and what they stand for, one per line: where something comes from, how it was made. */
public record Facts(List<Fact> facts) implements Markup {

  /** A name and what it stands for. */
  public record Fact(String name, Markup value) {
    public static Fact of(String name, String value) {
      return new Fact(name, Markup.text(value));
    }
  }

  public Facts {
    facts = List.copyOf(facts);
  }

  @Override
  public void appendTo(StringBuilder html) {
    Element list = Element.of("dl").with("class", "facts");
    for (Fact fact : facts) {
      list.add(Element.of("dt").text(fact.name())).add(Element.of("dd").add(fact.value()));
    }
    list.appendTo(html);
  }
}
