package ser.jobs.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.UserError;

/**
 * The tables of one output folder and the runs that made them.
 *
 * <p>A run exists once its record {@code runs/RUN_ID.json} is written, last of all; the record
 * names the run's files. The next run first removes files that no record names, which is what a
 * killed run leaves behind. A finished run replaces the ones before it. Two runs at a time: the
 * second is refused.
 */
public final class RunOutput implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunOutput.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOCK_PERIOD = Duration.ofSeconds(4);
  private static final int SCHEMA_VERSION = 1;

  private final Storage storage;
  private final String output;
  private final String runId;
  private final List<String> tables;
  private final OutputLock lock;
  private final Map<String, Set<String>> before = new HashMap<>();
  private final Set<String> earlierRecords = new HashSet<>();
  private final Instant started = Instant.now();

  private RunOutput(
      Storage storage, String output, String runId, List<String> tables, OutputLock lock) {
    this.storage = storage;
    this.output = output;
    this.runId = runId;
    this.tables = List.copyOf(tables);
    this.lock = lock;
  }

  /**
   * Takes the output over and removes what unfinished runs have left.
   *
   * @param output folder or prefix
   * @param tables names of the folders of tables under it
   * @throws UserError if another run is writing there
   */
  public static RunOutput begin(Storage storage, String output, List<String> tables) {
    String root = output.replaceAll("(?<=[^/:])/+$", "");
    String runId =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now())
            + "-"
            + UUID.randomUUID().toString().substring(0, 8);
    OutputLock lock = OutputLock.acquire(storage, root + "/runs/_lock", runId, LOCK_PERIOD);
    try {
      RunOutput run = new RunOutput(storage, root, runId, tables, lock);
      run.clean();
      return run;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Of the moment it began, and unique. */
  public String runId() {
    return runId;
  }

  public Instant started() {
    return started;
  }

  /** Folder of a table. */
  public String table(String name) {
    if (!tables.contains(name)) {
      throw new IllegalArgumentException("this run has no table '%s'".formatted(name));
    }
    return output + "/" + name;
  }

  /** Files of a table that this run has written so far. */
  public List<String> written(String table) {
    return storage.files(table(table)).stream()
        .filter(RunOutput::holdsRows)
        .filter(file -> !before.get(table).contains(name(table, file)))
        .toList();
  }

  /**
   * Makes the run exist, then removes the files of the runs that it replaces.
   *
   * @param facts what the record says beside the files
   */
  public void finish(ObjectNode facts) {
    lock.requireHeld();
    ObjectNode record = JSON.createObjectNode();
    record.put("schema_version", SCHEMA_VERSION).put("run_id", runId);
    record.put("started_at", started.toString()).put("finished_at", Instant.now().toString());
    record.setAll(facts);
    ObjectNode files = record.putObject("files");
    for (String table : tables) {
      ArrayNode names = files.putArray(table);
      written(table).forEach(file -> names.add(name(table, file)));
    }
    storage.write(
        output + "/runs/" + runId + ".json",
        record.toPrettyString().getBytes(StandardCharsets.UTF_8));
    earlierRecords.forEach(storage::delete);
    before.forEach(
        (table, names) -> names.forEach(name -> storage.delete(table(table) + "/" + name)));
  }

  /** Lets the next run begin. */
  @Override
  public void close() {
    lock.close();
  }

  private void clean() {
    List<String> records = RunRecords.of(storage, output);
    earlierRecords.addAll(records);
    // The last one has replaced those before it, even if it was killed before it could remove them.
    Map<String, Set<String>> recorded =
        records.isEmpty() ? Map.of() : RunRecords.files(storage, records.get(records.size() - 1));
    if (!records.isEmpty() && !recorded.keySet().equals(Set.copyOf(tables))) {
      throw new UserError(
          "Cannot write to %s: a run of another job has written its tables %s there. Give another --output."
              .formatted(output, new TreeSet<>(recorded.keySet())));
    }
    for (String table : tables) {
      Set<String> kept = new HashSet<>();
      for (String file : storage.files(table(table))) {
        String name = name(table, file);
        if (recorded.getOrDefault(table, Set.of()).contains(name)) {
          kept.add(name);
        } else if (holdsRows(file)) {
          LOG.warn("Removing {}, which the last finished run does not name", file);
          storage.delete(file);
        }
      }
      before.put(table, kept);
    }
  }

  /** Marker files such as _SUCCESS and hidden ones belong to no run. */
  private static boolean holdsRows(String file) {
    return new Path(file).getName().endsWith(".parquet");
  }

  /** Path under the table's folder. */
  private String name(String table, String file) {
    String root = storage.absolute(table(table)) + "/";
    String path = new Path(file).toUri().getPath();
    if (!path.startsWith(root)) {
      throw new IllegalStateException("%s is not listed under %s".formatted(file, root));
    }
    return path.substring(root.length());
  }
}
