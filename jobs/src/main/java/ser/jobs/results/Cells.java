package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ser.report.markup.Markup;
import ser.report.page.Table.Column;
import ser.report.text.Numbers;

/** How the numbers of a report are written, in all of its tables. */
final class Cells {
  /** Of {@link #scores}. */
  static final List<Column> SCORE_COLUMNS =
      List.of(
          Column.number("Recordings"),
          Column.number("Accuracy"),
          Column.number("UAR"),
          Column.number("Macro F1"));

  private Cells() {}

  /** {@code 86.7%}, or a dash where there is no number. */
  static String percent(JsonNode share) {
    return share.isNumber() ? percent(share.asDouble()) : "–";
  }

  static String percent(double share) {
    return Numbers.decimal(100 * share, 1) + "%";
  }

  static String count(JsonNode number) {
    return Numbers.count(number.asLong());
  }

  /** The four numbers that say how well some recordings are recognised. */
  static Stream<String> scores(JsonNode scores) {
    return Stream.of(
        count(scores.path("recordings")),
        percent(scores.path("accuracy")),
        percent(scores.path("uar")),
        percent(scores.path("macro_f1")));
  }

  static List<Markup> row(String... cells) {
    return row(Stream.of(cells));
  }

  static List<Markup> row(Stream<String> cells) {
    return cells.map(Markup::text).toList();
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  static List<String> texts(JsonNode list) {
    return each(list).map(JsonNode::asText).toList();
  }

  static <T> List<T> joined(List<? extends T> first, List<? extends T> second) {
    return Stream.<T>concat(first.stream(), second.stream()).toList();
  }
}
