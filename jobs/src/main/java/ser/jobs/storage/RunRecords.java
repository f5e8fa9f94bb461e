package ser.jobs.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import ser.jobs.error.UserError;

/** The records of finished runs, {@code OUTPUT/runs/RUN_ID.json}, and the files that they name. */
public final class RunRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_BYTES = 256L << 20;

  private RunRecords() {}

  /** Path of the record of the run that finished last; names are in the order of their runs. */
  static Optional<String> last(Storage storage, String output) {
    return storage.entries(output + "/runs").stream()
        .filter(RunRecords::isRecord)
        .max(Comparator.naturalOrder());
  }

  /** The run that a record is of. */
  static String runOf(String record) {
    String name = new Path(record).getName();
    return name.substring(0, name.length() - ".json".length());
  }

  /** What else people put there is no record, whatever it ends with. */
  static boolean isRecord(String file) {
    return file.endsWith(".json") && RunId.names(runOf(file));
  }

  /**
   * What a record says.
   *
   * @throws UserError if it is not JSON
   */
  static JsonNode read(Storage storage, String record) {
    try {
      return JSON.readTree(storage.read(record, LIMIT_BYTES));
    } catch (JsonProcessingException e) {
      throw new UserError(
          "Cannot read the run record %s: %s. Remove it if its run's tables are not wanted."
              .formatted(record, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw StorageFault.of(e, "read", record);
    }
  }

  /**
   * What the record of the last run says, which tells what there is.
   *
   * @throws UserError if it names no files: an empty one would be taken for an empty output
   */
  static JsonNode readLast(Storage storage, String record) {
    JsonNode json = read(storage, record);
    if (!json.path("files").isObject()) {
      throw new UserError(
          "Cannot read the run record %s: it names no files. Put it back from a backup, or remove it if its run's tables are not wanted."
              .formatted(record));
    }
    return json;
  }

  /** Files by table, each as its path under the table's folder. */
  static Map<String, Set<String>> files(JsonNode record) {
    Map<String, Set<String>> files = new HashMap<>();
    record
        .path("files")
        .fields()
        .forEachRemaining(
            table -> {
              Set<String> names = new HashSet<>();
              table.getValue().forEach(name -> names.add(name.asText()));
              files.put(table.getKey(), names);
            });
    return files;
  }

  /**
   * Names of the tables of an output, as the record of the last finished run has them.
   *
   * @return nothing if there is no record
   */
  public static List<String> tables(Storage storage, String output) {
    return last(storage, output)
        .map(record -> files(readLast(storage, record)).keySet().stream().sorted().toList())
        .orElse(List.of());
  }

  /**
   * @param doing what cannot be done without them
   * @param files that the last record names and that are not there, one at least
   * @return what to say
   */
  public static UserError gone(String doing, List<String> files) {
    return new UserError(
        "Cannot %s: %d files that the last run's record names are gone, beginning with %s. Put them back; if their rows are lost for good, see 'Files that are gone' in docs/operations.md."
            .formatted(doing, files.size(), files.get(0)));
  }

  /**
   * Moves all records but the last to {@code runs/past/}, without their lists of files: nothing
   * needs those, and each repeats the ones before. What a run was, its rows' {@code run_id} leads
   * to. To be called under the lock of a run.
   *
   * @return how many were moved
   */
  public static int shelve(Storage storage, String output) {
    String folder = output + "/runs";
    String last = last(storage, output).orElse("");
    int moved = 0;
    for (String record : storage.entries(folder)) {
      if (isRecord(record) && !record.equals(last)) {
        storage.write(
            folder + "/past/" + new Path(record).getName(), withoutFiles(storage, record));
        storage.delete(record);
        moved++;
      }
    }
    return moved;
  }

  private static byte[] withoutFiles(Storage storage, String record) {
    byte[] bytes = storage.read(record, LIMIT_BYTES);
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode json) {
        json.remove(List.of("files", "added", "removed"));
        return json.toPrettyString().getBytes(StandardCharsets.UTF_8);
      }
      return bytes;
    } catch (IOException e) {
      // Damaged, and not the last: it is kept as it is.
      return bytes;
    }
  }

  /**
   * The files that make up a table: those that the record of the last finished run names, so that a
   * run which is going on, or was killed, does not show. Where no run has left a record (a table
   * that was copied somewhere), all Parquet files of the folder.
   *
   * @param table folder of the table, OUTPUT/NAME
   */
  public static List<String> tableFiles(Storage storage, String table) {
    String folder = table.replaceAll("(?<=[^/:])/+$", "");
    int slash = folder.lastIndexOf('/');
    String name = folder.substring(slash + 1);
    Optional<String> record =
        slash > 0 ? last(storage, folder.substring(0, slash)) : Optional.empty();
    return record
        .map(last -> files(readLast(storage, last)).get(name))
        .map(names -> names.stream().sorted().map(file -> folder + "/" + file).toList())
        .orElseGet(
            () ->
                storage.files(folder).stream()
                    .filter(file -> file.endsWith(".parquet"))
                    .sorted()
                    .toList());
  }
}
