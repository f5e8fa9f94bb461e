package ser.jobs.maintain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;

/** What the record of a run says that reads no recordings. */
final class MaintenanceRecord {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MaintenanceRecord() {}

  /** Facts beside the files: the configuration, without which recordings were asked for. */
  static ObjectNode of(JobContext context, String job, JobOutcome outcome) {
    return JSON.createObjectNode()
        .put("configuration", withoutNames(context.configuration()))
        .set("outcome", outcome.toJson(job, 0).without("seconds"));
  }

  private static String withoutNames(String configuration) {
    try {
      JsonNode json = JSON.readTree(configuration);
      ((ObjectNode) json).remove("forget");
      return json.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The configuration was rendered as no JSON", e);
    }
  }
}
