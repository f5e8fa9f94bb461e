package ser.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ser.report.WellFormed.elements;
import static ser.report.WellFormed.parse;
import static ser.report.WellFormed.texts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import ser.report.chart.BarChart;
import ser.report.markup.Markup;
import ser.report.page.Table.Column;

class PageTest {
  private static final String HOSTILE =
      "</style><script>alert(\"1\")</script><img src=x onerror='a'>.wav";

  private static final String HTML = html();
  private static final Document PAGE = parse(HTML.replace("<!DOCTYPE html>", ""));

  /** Every part once, with a hostile text wherever one can be given. */
  private static String html() {
    Table table =
        new Table(
            HOSTILE,
            List.of(Column.text(HOSTILE), Column.number("n")),
            List.of(List.of(Markup.name(HOSTILE), Markup.text("1"))));
    return new String(
        new Page(
                "ser extract",
                HOSTILE,
                HOSTILE,
                List.of(
                    Section.of(
                        HOSTILE,
                        new Tiles(List.of(new Tiles.Tile(HOSTILE, "1", HOSTILE))),
                        new Facts(List.of(Facts.Fact.of(HOSTILE, HOSTILE))),
                        new Note(Note.Level.WARNING, HOSTILE, HOSTILE)),
                    Section.of(
                        "Charts",
                        new Grid(
                            List.of(
                                Figure.withNumbers(
                                    HOSTILE,
                                    HOSTILE,
                                    BarChart.of(
                                        HOSTILE, List.of(new BarChart.Bar(HOSTILE, List.of(1.0)))),
                                    table),
                                new Stack(
                                    List.of(
                                        new Card(HOSTILE, List.of(Hint.of(HOSTILE))),
                                        new Fold(HOSTILE, table))))))))
            .toBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void givenHostileTexts_whenWritten_thenTheyAreTextEverywhere() {
    assertThat(HTML).doesNotContain("<script", "<img", "onerror='");
    assertThat(elements(PAGE, "script")).isEmpty();
    assertThat(texts(PAGE, "h1")).containsExactly(HOSTILE);
    assertThat(texts(PAGE, "bdi")).contains(HOSTILE);
    assertThat(texts(PAGE, "caption")).contains(HOSTILE);
    assertThat(texts(PAGE, "title")).contains("ser extract: " + HOSTILE);
  }

  @Test
  void givenAPage_whenWritten_thenNothingInItComesFromElsewhere() {
    assertThat(HTML).doesNotContain("http://", "https://", "@import", "url(");
    assertThat(elements(PAGE, "*"))
        .allSatisfy(
            element -> {
              assertThat(element.getTagName()).isNotIn("link", "script", "iframe", "object");
              assertThat(element.getAttribute("src")).isEmpty();
              assertThat(element.getAttribute("href")).matches("|#.*|data:image/png;base64,.*");
            });
  }

  @Test
  void givenAPage_whenWritten_thenItsPolicyAllowsItsOwnStylesAndPicturesOnly()
      throws NoSuchAlgorithmException {
    String policy =
        elements(PAGE, "meta").stream()
            .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
            .map(meta -> meta.getAttribute("content"))
            .findFirst()
            .orElseThrow();
    String styles = HTML.substring(HTML.indexOf("<style>") + 7, HTML.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(styles.getBytes(StandardCharsets.UTF_8));

    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(Base64.getEncoder().encodeToString(hash)));
    assertThat(elements(PAGE, "*"))
        .as("an inline style would not apply")
        .allSatisfy(element -> assertThat(element.getAttribute("style")).isEmpty());
  }

  @Test
  void givenAPage_whenWritten_thenLightDarkPhoneAndPaperAreProvidedFor() {
    assertThat(HTML)
        .contains(
            "prefers-color-scheme: dark", "@media print", "width=device-width", "max-width: 34rem");
  }

  @Test
  void givenSections_whenWritten_thenTheContentsLeadToThem() {
    List<String> links =
        elements(PAGE, "a").stream().map(a -> a.getAttribute("href").substring(1)).toList();

    assertThat(links).hasSize(2);
    assertThat(elements(PAGE, "section").stream().map(section -> section.getAttribute("id")))
        .containsExactlyElementsOf(links);
  }

  @Test
  void givenPicturesAndTables_whenWritten_thenEachHasAName() {
    assertThat(elements(PAGE, "svg"))
        .isNotEmpty()
        .allSatisfy(svg -> assertThat(svg.getAttribute("aria-label")).isNotBlank());
    assertThat(elements(PAGE, "table"))
        .isNotEmpty()
        .allSatisfy(
            table ->
                assertThat(((Element) table.getFirstChild()).getTagName()).isEqualTo("caption"));
    assertThat(elements(PAGE, "th"))
        .allSatisfy(cell -> assertThat(cell.getAttribute("scope")).isIn("col", "row"));
  }

  @Test
  void givenARowOfAnotherLength_whenATableIsMade_thenItIsRefused() {
    assertThatThrownBy(() -> new Table("t", List.of(Column.text("a")), List.of(List.<Markup>of())))
        .hasMessageContaining("0 cells for 1 columns");
  }

  @Test
  void givenAFigureWithoutNumbers_whenWritten_thenNothingIsFoldedUp() {
    Figure figure = new Figure("t", "", Markup.text("x"), Optional.empty());

    assertThat(figure.html()).doesNotContain("<details", "<p>");
  }
}
