package ser.jobs.extract.report;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.features.audio.RejectionReason;

/** What stands in a quarantine table, by reason, counted in one pass. */
public final class QuarantineCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXAMPLES = 5;

  private final TreeMap<String, Reason> reasons = new TreeMap<>();

  /** Recordings with a reason, of which the first ones are kept. */
  public static final class Reason implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> details = new TreeMap<>();
    private long recordings;

    public long recordings() {
      return recordings;
    }

    /** What was found in the first {@value #EXAMPLES} recordings by name. */
    public Map<String, String> details() {
      return details;
    }

    private void keepFirst(String recording, String detail) {
      details.put(recording, detail);
      if (details.size() > EXAMPLES) {
        details.pollLastEntry();
      }
    }
  }

  /**
   * @param quarantine the rows of a quarantine table
   */
  public static QuarantineCounts of(Dataset<Row> quarantine) {
    return quarantine
        .select("recording", "reason", "detail")
        .toJavaRDD()
        .treeAggregate(new QuarantineCounts(), QuarantineCounts::plus, QuarantineCounts::plusAll);
  }

  /** By code, those with the most recordings first. */
  public List<Map.Entry<String, Reason>> reasons() {
    return reasons.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Reason> reason) -> reason.getValue().recordings())
                .reversed())
        .toList();
  }

  public long recordings() {
    return reasons.values().stream().mapToLong(Reason::recordings).sum();
  }

  long recordings(RejectionReason reason) {
    Reason found = reasons.get(reason.code());
    return found == null ? 0 : found.recordings();
  }

  QuarantineCounts plus(Row row) {
    Reason reason = reasons.computeIfAbsent(row.getAs("reason"), code -> new Reason());
    reason.recordings++;
    reason.keepFirst(row.getAs("recording"), row.getAs("detail"));
    return this;
  }

  QuarantineCounts plusAll(QuarantineCounts others) {
    others.reasons.forEach(
        (code, other) -> {
          Reason reason = reasons.computeIfAbsent(code, unused -> new Reason());
          reason.recordings += other.recordings;
          other.details.forEach(reason::keepFirst);
        });
    return this;
  }
}
