package ser.jobs.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Facts;
import ser.report.page.Facts.Fact;
import ser.report.page.Fold;
import ser.report.page.Section;
import ser.report.text.Numbers;

/** Where numbers come from: program, data, licences, seed and configuration. */
final class RunSection {
  private RunSection() {}

  /**
   * @param report with {@code seed} and {@code provenance}
   * @param more facts that stand first
   * @param configuration of the run, as JSON
   * @param groups of the configuration that the job reads
   */
  static Section of(
      JsonNode report, List<Fact> more, String configuration, Collection<String> groups) {
    JsonNode provenance = report.path("provenance");
    List<Fact> facts = new ArrayList<>(more);
    facts.add(new Fact("Data", data(provenance.path("data"))));
    facts.add(new Fact("Licences", licences(provenance.path("licences"))));
    facts.add(Fact.of("Seed", report.path("seed").asText()));
    facts.add(
        new Fact("Commit of ser", Element.of("code").text(provenance.path("commit").asText())));
    facts.add(Fact.of("Written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    Markup text = Element.of("pre").add(Element.of("code").text(excerpt(configuration, groups)));
    return Section.of("This run", Card.of(new Facts(facts), new Fold("Configuration", text)));
  }

  /** Names of speakers, or how many they are. */
  static Fact speakers(String name, JsonNode speakers) {
    int most = 60;
    List<String> listed = Cells.texts(speakers);
    return Fact.of(
        name,
        listed.isEmpty()
            ? "none"
            : listed.size() > most
                ? Numbers.count(listed.size()) + ", listed in report.json"
                : String.join(", ", listed));
  }

  private static Markup data(JsonNode tables) {
    Element list = Element.of("div");
    for (JsonNode table : tables) {
      list.add(
          Element.of("div")
              .add(Markup.name(table.path("path").asText()))
              .text(", " + Numbers.of(table.path("rows").asLong(), "row", "rows")));
    }
    return list;
  }

  private static Markup licences(JsonNode licences) {
    Element list = Element.of("div");
    licences
        .fields()
        .forEachRemaining(
            licence ->
                list.add(
                    Element.of("div").text(licence.getKey() + ": " + licence.getValue().asText())));
    return list;
  }

  private static String excerpt(String configuration, Collection<String> groups) {
    try {
      JsonNode all = new ObjectMapper().readTree(configuration);
      return all instanceof ObjectNode object
          ? object.retain(groups).toPrettyString()
          : all.toPrettyString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration in use is no JSON: " + configuration, e);
    }
  }
}
