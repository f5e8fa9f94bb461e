package ser.jobs.extract.report;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.jobs.extract.report.Rows.quarantined;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ser.features.audio.RejectionReason;
import ser.report.page.Page;

class QuarantineSectionTest {

  @Test
  void givenMoreThanFiveOfAReason_whenShown_thenTheFirstFiveByNameWithTheRemedy() {
    QuarantineCounts counts = new QuarantineCounts();
    for (int i = 9; i >= 1; i--) {
      counts.plus(quarantined(i + "<script>.wav", "silent", "Nothing & nobody."));
    }
    QuarantineCounts more = new QuarantineCounts();
    more.plus(quarantined("0.wav", "silent", "Quiet."));

    String html = html(counts.plusAll(more), 90);

    assertThat(html)
        .contains(
            "10 of 100 recordings, by reason",
            "5 of 10",
            "0.wav",
            "Quiet.",
            "4&lt;script&gt;.wav",
            "Nothing &amp; nobody.",
            Remedy.of(RejectionReason.SILENT).toString())
        .doesNotContain("5&lt;script&gt;.wav", "<script>");
  }

  @Test
  void givenEveryRecordingTwice_whenShown_thenAWarningSaysWhatThatMeans() {
    QuarantineCounts counts = new QuarantineCounts();
    for (int i = 0; i < 1440; i++) {
      counts.plus(quarantined("copy-" + i + ".wav", "duplicate", "As another."));
    }

    assertThat(html(counts, 1440))
        .contains("note warning", "1,440 of 2,880 recordings are copies of others.", "Kaggle");
  }

  @Test
  void givenOnePairOfCopies_whenShown_thenItIsARemarkOnly() {
    QuarantineCounts counts = new QuarantineCounts();
    counts.plus(quarantined("copy.wav", "duplicate", "As another."));

    assertThat(html(counts, 1199))
        .contains("note remark", "1 of 1,200 recordings is a copy of another.")
        .doesNotContain("Kaggle", "note warning");
  }

  @Test
  void givenNothingInQuarantine_whenShown_thenItSaysSo() {
    assertThat(html(new QuarantineCounts(), 3)).contains("No recording is in quarantine.");
  }

  @Test
  void givenAReasonOfALaterRelease_whenAsked_thenTheDocumentsAreNamed() {
    assertThat(Remedy.of("too_loud")).contains("docs/audio-formats.md");
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void givenAReason_whenDocumented_thenTheRemedyIsThatOfThePage(RejectionReason reason)
      throws IOException {
    String documented = Files.readString(Path.of("../docs/audio-formats.md"));

    Remedy remedy = Remedy.of(reason);
    assertThat(
            documented
                .lines()
                .map(line -> line.replace("`", ""))
                .map(line -> line.replaceAll("\\[(\\w+)]\\([^)]*\\)", "docs/$1.md")))
        .contains("| %s | %s | %s |".formatted(reason.code(), remedy.meaning(), remedy.action()));
  }

  private static String html(QuarantineCounts counts, long recordings) {
    Page page = new Page("job", "title", "", List.of(QuarantineSection.of(counts, recordings)));
    String html = new String(page.toBytes(), StandardCharsets.UTF_8);
    return html.substring(html.indexOf("<body>"));
  }
}
