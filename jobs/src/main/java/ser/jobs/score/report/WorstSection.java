package ser.jobs.score.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ser.jobs.config.ReportRules;
import ser.jobs.score.report.WorstCall.Stretch;
import ser.model.Emotion;
import ser.report.chart.Colour;
import ser.report.chart.Timeline;
import ser.report.chart.Timeline.Lane;
import ser.report.chart.Timeline.Piece;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Grid;
import ser.report.page.Hint;
import ser.report.page.Section;
import ser.report.text.Numbers;

/** The calls that somebody should listen to first, and where in them. */
final class WorstSection {
  private static final String TITLE = "Calls to listen to";

  private WorstSection() {}

  static Section of(List<WorstCall> worst, ReportRules rules) {
    String negative =
        rules.negativeEmotions().stream().map(Emotion::label).collect(Collectors.joining(", "));
    if (worst.isEmpty()) {
      return Section.of(
          TITLE,
          Element.of("p")
              .text(
                  "No call with %s s of speech or more has any that sounds %s."
                      .formatted(Numbers.plain(rules.leastSpeechS()), negative)));
    }
    return Section.of(
        TITLE,
        Element.of("p")
            .text(
                "The %s with the largest share of speech that sounds %s, among those with at least %s s of speech."
                    .formatted(
                        Numbers.of(worst.size(), "call", "calls"),
                        negative,
                        Numbers.plain(rules.leastSpeechS()))),
        new Grid(worst.stream().map(WorstSection::card).toList()));
  }

  private static Card card(WorstCall call) {
    String said =
        "%s of %s of speech, in a call of %s; channel %d"
            .formatted(
                Numbers.share(call.negative(), 1),
                Numbers.duration(call.speechS()),
                Numbers.duration(call.durationS()),
                call.place().channel());
    Markup name = Element.of("h3").add(Markup.name(call.place().recording()));
    return call.stretches().isEmpty()
        ? Card.of(name, Hint.of(said))
        : Card.of(name, Hint.of(said), timeline(call));
  }

  private static Timeline timeline(WorstCall call) {
    Map<Emotion, List<Stretch>> byEmotion =
        call.stretches().stream()
            .collect(Collectors.groupingBy(Stretch::emotion, TreeMap::new, Collectors.toList()));
    return new Timeline(
        "Emotions over time in " + call.place().recording(),
        call.durationS(),
        byEmotion.entrySet().stream().map(lane -> lane(lane.getKey(), lane.getValue())).toList());
  }

  private static Lane lane(Emotion emotion, List<Stretch> stretches) {
    return new Lane(
        emotion.label(),
        Colour.ofEmotion(emotion.label()),
        stretches.stream().map(stretch -> new Piece(stretch.fromS(), stretch.toS(), "")).toList());
  }
}
