package ser.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What the runs before one have left in an output. */
public interface EarlierRuns {

  /** Files that made up a table when this run began. */
  List<String> before(String table);

  /** What the record of the run before this one says under a name. */
  Optional<JsonNode> saidBefore(String name);

  /**
   * As the last record has it, without a lock: for who only looks. Nothing is written or removed,
   * and a run that works there meanwhile may make it old.
   *
   * @param output folder or prefix, which need not be there
   */
  static EarlierRuns of(Storage storage, String output) {
    return new LastRecord(storage, output);
  }
}
