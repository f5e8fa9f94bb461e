package ser.jobs.label;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings that a manifest names, and that do not stand under the inputs.
 *
 * @param named how many recordings the manifest names
 * @param count how many of those are not there
 * @param first names of some of them, in order
 */
record AbsentRecordings(long named, long count, List<String> first) {
  private static final Logger LOG = LoggerFactory.getLogger(AbsentRecordings.class);
  private static final int EXAMPLES = 5;

  AbsentRecordings {
    first = List.copyOf(first);
  }

  /**
   * Compares the names, and logs a warning if any is not there.
   *
   * @param manifest as the user named it
   * @param names of one column: each recording that it names, once, as a {@link ComparedName}
   * @param listed of one column: each recording that is there
   */
  static AbsentRecordings of(String manifest, Dataset<Row> names, Dataset<Row> listed) {
    String name = names.columns()[0];
    Dataset<Row> absent =
        names
            .join(
                listed,
                names.col(name).equalTo(ComparedName.of(listed.col(listed.columns()[0]))),
                "left_anti")
            .persist(StorageLevel.DISK_ONLY());
    try {
      long count = absent.count();
      List<String> first =
          count == 0
              ? List.of()
              : absent.orderBy(name).limit(EXAMPLES).as(Encoders.STRING()).collectAsList();
      AbsentRecordings found = new AbsentRecordings(names.count(), count, first);
      if (count > 0) {
        LOG.warn(
            "{} of the {} recordings that {} names are not found under the inputs (names that begin with '.' or '_' are passed over), beginning with {}",
            count,
            found.named(),
            manifest,
            first);
      }
      return found;
    } finally {
      absent.unpersist();
    }
  }

  /** True if no recording is there that the manifest names. */
  boolean all() {
    return count == named;
  }

  /** For the result line. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("manifest_rows", named);
    facts.put("missing", count);
    return facts;
  }
}
