package ser.jobs.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
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
    // To a model that is new here, what another was not let hear may be named now.
    boolean asOthers =
        ours.isPresent()
            || before.map(models -> sameForAll(models.elements(), now)).orElse(Boolean.TRUE);
    return config.reprocessQuarantine() || !asOthers
        ? PendingScoring.Again.QUARANTINED
        : PendingScoring.Again.NONE;
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

  private static boolean sameForAll(Iterator<JsonNode> models, JsonNode now) {
    while (models.hasNext()) {
      if (!models.next().equals(now)) {
        return false;
      }
    }
    return true;
  }

  private JsonNode rules() {
    return JSON.valueToTree(config.rules());
  }
}
