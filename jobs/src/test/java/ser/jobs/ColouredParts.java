package ser.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import ser.model.Emotion;

/** Which emotion is filled with which colour in the charts of a report. */
final class ColouredParts {
  private ColouredParts() {}

  /**
   * What has a hint and is filled, as {@code angry in emotion-angry}: the emotion that its hint
   * names, and the last class of its colour.
   *
   * @param label beginning of the labels of the charts that are looked at
   */
  static List<String> of(ReportPage page, String label) {
    return page.elements("svg").stream()
        .filter(svg -> svg.getAttribute("aria-label").startsWith(label))
        .flatMap(svg -> Stream.of("rect", "path").flatMap(name -> within(svg, name)))
        .filter(part -> part.getElementsByTagName("title").getLength() > 0)
        .map(part -> named(part.getTextContent()) + " in " + lastClass(part))
        .toList();
  }

  private static Stream<Element> within(Element svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
        .map(i -> (Element) found.item(i));
  }

  private static String named(String hint) {
    return Arrays.stream(Emotion.values())
        .map(Emotion::label)
        .filter(hint::contains)
        .findFirst()
        .orElse(hint);
  }

  private static String lastClass(Element part) {
    String classes = part.getAttribute("class");
    return classes.substring(classes.lastIndexOf(' ') + 1);
  }
}
