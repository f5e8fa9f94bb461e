package ser.jobs.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ser.jobs.config.NormaliseSettings;
import ser.model.input.Normalisation;

/** What a report says about how its numbers came about. */
final class ProtocolFacts {
  private ProtocolFacts() {}

  /**
   * Adds {@code split_detail}, {@code transductive}, with normalise = speaker {@code
   * speaker_normalisation}, and {@code leaks}; and beside the numbers of the test {@code
   * normalise}, {@code transductive} and {@code untested}.
   */
  static void addTo(
      ObjectNode report, TrainingPlan plan, NormaliseSettings normalise, LeakCheck leaks) {
    boolean transductive = normalise.rule() instanceof Normalisation.Speaker;
    report.put("split_detail", plan.split().detail());
    report.put("transductive", transductive);
    if (normalise.rule() instanceof Normalisation.Speaker speaker) {
      report
          .putObject("speaker_normalisation")
          .put("prior_s", speaker.priorS())
          .put("deviation", speaker.deviation().label())
          .put("mixes", normalise.mixes())
          .put("scores", normalise.scores());
    }
    report.set("leaks", leaks(report.objectNode(), leaks));
    ObjectNode test = report.withObject("/test");
    test.put("split_detail", plan.split().detail());
    test.put("normalise", normalise.rule().label());
    test.put("transductive", transductive);
    ArrayNode untested = test.putArray("untested");
    plan.untested().forEach(emotion -> untested.add(emotion.label()));
  }

  /** {@code known}: those that the protocol has on purpose; {@code rows}: what each stage used. */
  private static ObjectNode leaks(ObjectNode json, LeakCheck leaks) {
    ArrayNode known = json.putArray("known");
    for (Leak leak : leaks.known()) {
      known
          .addObject()
          .put("kind", leak.kind().label())
          .put("count", leak.count())
          .put("example", leak.example());
    }
    ObjectNode rows = json.putObject("rows");
    leaks.used().forEach((stage, used) -> rows.put(stage, used.toString()));
    return json;
  }
}
