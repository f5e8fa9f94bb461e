package ser.jobs.score.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ser.jobs.extract.report.QuarantineCounts;
import ser.model.drift.Drift;
import ser.model.drift.Heard;

/**
 * All that a report of a run says in numbers.
 *
 * @param totals of the run's calls
 * @param grain how long periods are
 * @param periods in the order of time
 * @param worst calls with the largest shares of negative emotions, the worst first
 * @param quarantine of the run
 * @param heard what its calls sound like to the network
 * @param drift of that from the training data
 */
record ScoreFigures(
    CallSums.Totals totals,
    Grain grain,
    List<CallSums.Period> periods,
    List<WorstCall> worst,
    QuarantineCounts quarantine,
    Heard heard,
    Drift drift) {
  ScoreFigures {
    periods = List.copyOf(periods);
    worst = List.copyOf(worst);
  }

  /**
   * For the run's record: the figures of the page, and no name of a recording. {@code ser forget}
   * removes the page; records stay.
   */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("audio_s", EmotionMix.rounded(totals.audioS()));
    json.setAll(totals.mix().toJson());
    json.put("period", grain.label());
    ArrayNode list = json.putArray("periods");
    periods.forEach(
        period -> list.addObject().put("period", period.name()).setAll(period.mix().toJson()));
    ArrayNode calls = json.putArray("worst");
    worst.forEach(
        call ->
            calls
                .addObject()
                .put("duration_s", EmotionMix.rounded(call.durationS()))
                .put("speech_s", EmotionMix.rounded(call.speechS()))
                .put("negative", EmotionMix.rounded(call.negative())));
    ObjectNode reasons = json.putObject("quarantine");
    quarantine
        .reasons()
        .forEach(reason -> reasons.put(reason.getKey(), reason.getValue().recordings()));
    json.set("drift", comparisons());
    return json;
  }

  private ArrayNode comparisons() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    drift
        .findings()
        .forEach(
            finding ->
                list.addObject()
                    .put("measure", finding.measure().label())
                    .put("run", finding.run())
                    .put("training", finding.training())
                    .put("distance", finding.distance())
                    .put("limit", finding.limit())
                    .put("verdict", finding.verdict().label()));
    return list;
  }
}
