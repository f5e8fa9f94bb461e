package ser.report.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTest {

  @Test
  void givenTextWithMarkup_whenWritten_thenItIsShownAndNotObeyed() {
    Element element =
        Element.of("p").with("title", "\"'<>&").text("<script>alert('1')</script> &amp;");

    assertThat(element.html())
        .isEqualTo(
            "<p title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;amp;</p>");
  }

  @Test
  void givenCharactersThatNoPageMayHold_whenWritten_thenTheyAreReplacedAndOthersKept() {
    assertThat(Markup.text("a\u0000b\u001bc\ud800d\ufffee\u007f").html())
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\ufffd");
    assertThat(Markup.text("Grüße 日本 😀\n\t").html()).isEqualTo("Grüße 日本 😀\n\t");
  }

  @Test
  void givenANameThatTurnsTheDirectionOfWriting_whenWritten_thenItIsSetApart() {
    assertThat(Markup.name("a\u202egnp.wav").html())
        .isEqualTo("<bdi class=\"name\">a\u202egnp.wav</bdi>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style", "iframe", "object", "link", "base", "form", "a b", ""})
  void givenAnElementThatCouldRunOrFetch_whenMade_thenItIsRefused(String name) {
    assertThatThrownBy(() -> Element.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "href, https://example.org/",
    "href, //example.org/",
    "href, javascript:alert(1)",
    "href, ../report.html",
    "href, /report.html",
    "href, a/../report.html",
    "href, fold-1/other.html",
    "src, fold-1/report.html",
    "src, report.png",
    "src, data:text/html;base64,PGI+",
    "src, data:image/svg+xml;base64,PGI+",
    "onclick, alert(1)",
    "style, color: red"
  })
  void givenAnAttributeThatCouldRunOrFetch_whenGiven_thenItIsRefused(String name, String value) {
    assertThatThrownBy(() -> Element.of("a").with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void givenAReferenceInsideThePage_whenWritten_thenItIsKept() {
    assertThat(Element.of("a").with("href", "#section-1").html())
        .isEqualTo("<a href=\"#section-1\"></a>");
    assertThat(Element.of("image").with("href", "data:image/png;base64,iVBORw==").html())
        .contains("data:image/png;base64,iVBORw==");
  }

  @Test
  void givenTheReportOfAFolderBelow_whenLinkedTo_thenOnlyWhatAReaderFollowsMayDoSo() {
    assertThat(Element.of("a").with("href", "fold-1/report.html").html())
        .isEqualTo("<a href=\"fold-1/report.html\"></a>");
    assertThatThrownBy(() -> Element.of("image").with("href", "fold-1/report.html"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside the page");
  }
}
