package ser.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a job ended: the last line on standard output, and part of the run's record.
 *
 * @param status how
 * @param facts counts and paths in the order in which they are shown: {@code recordings}, {@code
 *     quarantined}, {@code rows}, {@code audio_seconds}, {@code output}, …
 */
public record JobOutcome(Status status, Map<String, Object> facts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each with its exit code. */
  public enum Status {
    DONE("done", 0),
    DRY_RUN("dry-run", 0),
    TOO_MANY_FAILED("too-many-failed", 3);

    private final String label;
    private final int exitCode;

    Status(String label, int exitCode) {
      this.label = label;
      this.exitCode = exitCode;
    }

    public String label() {
      return label;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  public JobOutcome {
    Objects.requireNonNull(status, "status");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** The same with one fact more. */
  public JobOutcome with(String fact, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(fact, value);
    return new JobOutcome(status, more);
  }

  /**
   * @param job name of the command
   * @param seconds wall time
   */
  public ObjectNode toJson(String job, double seconds) {
    ObjectNode json = JSON.createObjectNode().put("job", job).put("status", status.label());
    facts.forEach((name, value) -> json.set(name, JSON.valueToTree(value)));
    return json.put("seconds", Math.round(seconds * 10) / 10.0);
  }
}
