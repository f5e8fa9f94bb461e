package ser.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables of an output as the record of the run that finished last has them. */
final class LastRecord implements EarlierRuns {
  private final String output;
  private final Optional<JsonNode> record;

  LastRecord(Storage storage, String output) {
    this.output = output.replaceAll("(?<=[^/:])/+$", "");
    this.record =
        RunRecords.last(storage, this.output).map(file -> RunRecords.readLast(storage, file));
  }

  @Override
  public List<String> before(String table) {
    return record
        .map(last -> RunRecords.files(last).getOrDefault(table, Set.of()))
        .orElse(Set.of())
        .stream()
        .sorted()
        .map(name -> output + "/" + table + "/" + name)
        .toList();
  }

  @Override
  public Optional<JsonNode> saidBefore(String name) {
    return record.map(last -> last.get(name));
  }
}
