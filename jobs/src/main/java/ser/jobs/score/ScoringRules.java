package ser.jobs.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.ScoreConfig;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.storage.RunOutput;

/**
 * By what rules a model scores an output now, and by what rules models have scored it before.
 *
 * @param modelId of the model that scores
 */
record ScoringRules(ScoreConfig config, String modelId, EarlierRuns earlier) {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringRules.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other rules say other things of the same recordings. */
  PendingScoring.Again again() {
    JsonNode now = rules();
    Optional<JsonNode> before = earlier.saidBefore(RunOutput.RULES);
    Optional<JsonNode> ours = before.map(models -> models.get(modelId));
    if (ours.isPresent() && !ours.get().equals(now)) {
      LOG.warn(
          "Model {} has scored {} by {} before, and now scores all of it by {}",
          modelId,
          config.output(),
          ours.get(),
          now);
      return PendingScoring.Again.ALL;
    }
    if (config.reprocessQuarantine()) {
      return PendingScoring.Again.QUARANTINED;
    }
    // What another model was not let hear may be named for this one: to one that is new here, all
    // that the others could not use may be of use.
    PendingScoring.Again ifDifferent =
        ours.isPresent() ? PendingScoring.Again.UNNAMED_CHANNELS : PendingScoring.Again.QUARANTINED;
    UnaryOperator<JsonNode> compared =
        ours.isPresent() ? ScoringRules::ofChannels : UnaryOperator.identity();
    JsonNode expected = compared.apply(now);
    boolean asOthers =
        before.stream()
            .flatMap(models -> StreamSupport.stream(models.spliterator(), false))
            .map(compared)
            .allMatch(expected::equals);
    return asOthers ? PendingScoring.Again.NONE : ifDifferent;
  }

  /** By model, for the run's record. */
  ObjectNode byModel() {
    ObjectNode models = JSON.createObjectNode();
    earlier
        .saidBefore(RunOutput.RULES)
        .ifPresent(
            before ->
                before.fields().forEachRemaining(one -> models.set(one.getKey(), one.getValue())));
    models.set(modelId, rules());
    return models;
  }

  /** Those that say which channel of a recording is scored. */
  private static JsonNode ofChannels(JsonNode rules) {
    return ((ObjectNode) rules).deepCopy().retain("customer_channel", "path_pattern", "manifest");
  }

  private JsonNode rules() {
    return JSON.valueToTree(config.rules());
  }
}
