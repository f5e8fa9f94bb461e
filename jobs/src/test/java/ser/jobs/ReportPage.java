package ser.jobs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A report as another program reads it: it is well-formed XML too.
 *
 * @param html the file
 */
public record ReportPage(String html, Document document) {

  public static ReportPage of(byte[] file) {
    String html = new String(file, StandardCharsets.UTF_8);
    try {
      return new ReportPage(
          html,
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", "")))));
    } catch (SAXException | ParserConfigurationException | IOException e) {
      throw new AssertionError("The page is not well-formed", e);
    }
  }

  public String text() {
    return document.getDocumentElement().getTextContent();
  }

  public List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  public List<String> texts(String name) {
    return elements(name).stream().map(Node::getTextContent).toList();
  }

  /** Rows of the table whose caption begins so, by their first cell. */
  public Map<String, List<String>> table(String caption) {
    Element table =
        elements("table").stream()
            .filter(found -> found.getFirstChild().getTextContent().startsWith(caption))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no table is called '%s'".formatted(caption)));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    NodeList found = table.getLastChild().getChildNodes();
    for (int i = 0; i < found.getLength(); i++) {
      NodeList row = found.item(i).getChildNodes();
      List<String> cells = new ArrayList<>();
      for (int cell = 1; cell < row.getLength(); cell++) {
        cells.add(row.item(cell).getTextContent());
      }
      rows.put(row.item(0).getTextContent(), cells);
    }
    return rows;
  }
}
