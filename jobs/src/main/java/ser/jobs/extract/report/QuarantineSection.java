package ser.jobs.extract.report;

import java.util.ArrayList;
import java.util.List;
import ser.features.audio.RejectionReason;
import ser.jobs.extract.report.QuarantineCounts.Reason;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Fold;
import ser.report.page.Hint;
import ser.report.page.Note;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.text.Numbers;

/** What gave no rows, why, and what to do about it. */
public final class QuarantineSection {
  private static final String TITLE = "Quarantine";

  /** From here on copies are no accident of the corpus: RAVDESS itself has one pair. */
  private static final double MANY = 0.1;

  private QuarantineSection() {}

  /**
   * @param recordings that gave rows
   */
  public static Section of(QuarantineCounts quarantine, long recordings) {
    List<Markup> parts = new ArrayList<>();
    long all = recordings + quarantine.recordings();
    long duplicates = quarantine.recordings(RejectionReason.DUPLICATE);
    if (duplicates > 0) {
      parts.add(duplicates(duplicates, all));
    }
    if (quarantine.reasons().isEmpty()) {
      parts.add(Element.of("p").text("No recording is in quarantine."));
    } else {
      parts.add(Card.of(table(quarantine, all)));
    }
    return new Section(TITLE, parts);
  }

  private static Note duplicates(long duplicates, long all) {
    String kept =
        " Each is kept once here, so that no model is tested on recordings it was trained on.";
    String copies =
        Numbers.count(duplicates)
            + " of "
            + Numbers.of(all, "recording", "recordings")
            + (duplicates == 1 ? " is a copy of another." : " are copies of others.");
    return duplicates < MANY * all
        ? new Note(Note.Level.REMARK, copies, kept.strip())
        : new Note(
            Note.Level.WARNING,
            copies,
            "Some corpora are passed on with every file twice, as the popular Kaggle copy of RAVDESS"
                + " is; models trained on such a copy are tested on their own training data, and"
                + " their published accuracy cannot be believed."
                + kept);
  }

  private static Table table(QuarantineCounts quarantine, long all) {
    return new Table(
        "%s of %s, by reason"
            .formatted(
                Numbers.count(quarantine.recordings()), Numbers.of(all, "recording", "recordings")),
        List.of(
            Column.text("Reason"),
            Column.number("Recordings"),
            Column.text("What to do"),
            Column.text("First ones by name")),
        quarantine.reasons().stream()
            .map(reason -> row(reason.getKey(), reason.getValue()))
            .toList());
  }

  private static List<Markup> row(String code, Reason reason) {
    Element examples = Element.of("ul");
    reason
        .details()
        .forEach(
            (recording, detail) ->
                examples.add(Element.of("li").add(Markup.name(recording)).add(Hint.of(detail))));
    return List.of(
        Element.of("code").text(code),
        Markup.text(Numbers.count(reason.recordings())),
        Markup.text(Remedy.of(code)),
        new Fold(
            "%d of %s".formatted(reason.details().size(), Numbers.count(reason.recordings())),
            examples));
  }
}
