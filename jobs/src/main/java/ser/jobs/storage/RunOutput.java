package ser.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;

/**
 * The tables of one output folder and the runs that made them.
 *
 * <p>A run exists once its record {@code runs/RUN_ID.json} is written, last of all. The record
 * names all files that make up each table from then on: those of the runs before, less what this
 * run has removed, and what it has added. So the last record alone tells what there is. Removed
 * files are deleted after the record is written. The next run first deletes files that the last
 * record does not name, which is what a killed run leaves behind. Two runs at a time: the second is
 * refused.
 */
public final class RunOutput implements AutoCloseable, EarlierRuns {
  private static final Logger LOG = LoggerFactory.getLogger(RunOutput.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOCK_PERIOD = Duration.ofSeconds(4);

  /** In a record of a score output: by what rules each model has scored last. */
  public static final String RULES = "scoring";

  /** In a record: where the recordings of all runs so far have stood. */
  public static final String INPUTS = "inputs";

  /** The page of a job's last run, for people. */
  public static final String REPORT = "report.html";

  private static final int SCHEMA_VERSION = 1;

  /** Where committers keep, in a table's folder, what is not committed. */
  private static final List<String> UNFINISHED = List.of("_temporary", "__magic");

  private final Storage storage;
  private final String output;
  private final String runId;
  private final List<String> tables;
  private final OutputLock lock;
  private final Map<String, Set<String>> before = new HashMap<>();
  private final Map<String, Set<String>> removed = new HashMap<>();
  private final Instant started = Instant.now();
  private Optional<JsonNode> last = Optional.empty();

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
    String id = RunId.now();
    OutputLock lock = OutputLock.acquire(storage, root + "/runs/_lock", id, LOCK_PERIOD);
    try {
      Optional<String> last = RunRecords.last(storage, root);
      RunOutput run =
          new RunOutput(storage, root, RunId.behind(last.map(RunRecords::runOf), id), tables, lock);
      run.last = last.map(record -> RunRecords.readLast(storage, record));
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
    return output + "/" + known(name);
  }

  /** Folder for what the run puts down in between; removed at its end, or by the next run. */
  public String work() {
    return work(output) + "/" + runId;
  }

  @Override
  public Optional<JsonNode> saidBefore(String name) {
    return last.map(record -> record.get(name));
  }

  @Override
  public List<String> before(String table) {
    return before.get(known(table)).stream().sorted().map(name -> path(table, name)).toList();
  }

  /**
   * Files of a table that this run has written so far: those whose names have its id. What else is
   * new there may be of a run that has lost its lock to this one and does not know it yet.
   */
  public List<String> written(String table) {
    return storage.files(table(table)).stream()
        .filter(RunOutput::holdsRows)
        .filter(file -> new Path(file).getName().contains(runId))
        .toList();
  }

  /** Files that will make up a table once this run has finished, as it stands. */
  public List<String> after(String table) {
    Set<String> gone = removed.get(known(table));
    return Stream.concat(
            before.get(table).stream()
                .filter(name -> !gone.contains(name))
                .sorted()
                .map(name -> path(table, name)),
            written(table).stream())
        .toList();
  }

  /**
   * Lets files go when this run finishes: their rows are not wanted, or stand in a file that it has
   * written.
   *
   * @param files of {@link #before}
   */
  public void remove(String table, Collection<String> files) {
    for (String file : files) {
      String name = name(table, file);
      if (!before.get(table).contains(name)) {
        throw new IllegalArgumentException(
            "%s was no file of '%s' when the run began".formatted(file, table));
      }
      removed.get(table).add(name);
    }
  }

  /** Lets all go that was there before: the run makes its tables anew. */
  public void replaceAll() {
    before.forEach((table, names) -> removed.get(table).addAll(names));
  }

  /**
   * To be called before anything of the run becomes visible.
   *
   * @throws IllegalStateException if another run has taken the output over
   */
  public void requireHeld() {
    lock.requireHeld();
  }

  /**
   * Writes a file beside the tables, such as {@link #REPORT}, in place of the one before.
   *
   * @return where it stands
   * @throws IllegalStateException if another run has taken the output over
   */
  public String publish(String name, byte[] content) {
    requireHeld();
    String file = output + "/" + name;
    storage.write(file, content);
    return file;
  }

  /**
   * Deletes what {@link #publish} has written, if it is there.
   *
   * @throws IllegalStateException if another run has taken the output over
   */
  public void withdraw(String name) {
    requireHeld();
    storage.delete(output + "/" + name);
  }

  /**
   * Makes the run exist, then deletes what it has removed.
   *
   * @param facts what the record says beside the files
   */
  public void finish(ObjectNode facts) {
    requireHeld();
    ObjectNode record = JSON.createObjectNode();
    record.put("schema_version", SCHEMA_VERSION).put("run_id", runId);
    record.put("started_at", started.toString()).put("finished_at", Instant.now().toString());
    // A run that says nothing of these has changed nothing of them: forget and compact.
    for (String kept : List.of(RULES, INPUTS)) {
      saidBefore(kept).ifPresent(value -> record.set(kept, value));
    }
    record.setAll(facts);
    ObjectNode files = record.putObject("files");
    ObjectNode added = record.putObject("added");
    ObjectNode gone = record.putObject("removed");
    List<List<String>> written = AtOnce.map(tables, this::written);
    for (int i = 0; i < tables.size(); i++) {
      String table = tables.get(i);
      Set<String> names = new TreeSet<>(before.get(table));
      names.removeAll(removed.get(table));
      ArrayNode own = added.putArray(table);
      for (String file : written.get(i)) {
        names.add(name(table, file));
        own.add(name(table, file));
      }
      ArrayNode all = files.putArray(table);
      names.forEach(all::add);
      ArrayNode without = gone.putArray(table);
      new TreeSet<>(removed.get(table)).forEach(without::add);
    }
    storage.write(
        output + "/runs/" + runId + ".json",
        record.toPrettyString().getBytes(StandardCharsets.UTF_8));
    AtOnce.forEach(
        removed.entrySet().stream()
            .flatMap(table -> table.getValue().stream().map(name -> path(table.getKey(), name)))
            .toList(),
        storage::delete);
    deleteEmptyPartitions();
  }

  /** A partition's folder is named after what its rows had in common. */
  private void deleteEmptyPartitions() {
    Set<String> folders =
        new TreeSet<>(
            Comparator.comparing(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    removed.forEach(
        (table, names) -> {
          for (String name : names) {
            for (int slash = name.lastIndexOf('/');
                slash > 0;
                slash = name.lastIndexOf('/', slash - 1)) {
              folders.add(path(table, name.substring(0, slash)));
            }
          }
        });
    // The deeper ones first.
    folders.forEach(storage::deleteIfEmpty);
  }

  /** Lets the next run begin. */
  @Override
  public void close() {
    try {
      storage.delete(work());
      storage.deleteIfEmpty(work(output));
    } finally {
      lock.close();
    }
  }

  private void clean() {
    Map<String, Set<String>> recorded = last.map(RunRecords::files).orElse(Map.of());
    // Fewer tables is an older version of the same job.
    if (!Set.copyOf(tables).containsAll(recorded.keySet())) {
      throw new UserError(
          "Cannot write to %s: a run of another job has written its tables %s there. Give another --output."
              .formatted(output, new TreeSet<>(recorded.keySet())));
    }
    List<List<String>> found = AtOnce.map(tables, table -> storage.files(table(table)));
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      String table = tables.get(i);
      Set<String> names = recorded.getOrDefault(table, Set.of());
      Set<String> kept = new HashSet<>();
      for (String file : found.get(i)) {
        if (names.contains(name(table, file))) {
          kept.add(name(table, file));
        } else if (holdsRows(file) && !isUncommitted(name(table, file))) {
          unknown.add(file);
        }
      }
      requireAll(table, names, kept);
      before.put(table, kept);
      removed.put(table, new HashSet<>());
    }
    requireUnfinished(unknown);
    storage.delete(work(output));
    AtOnce.forEach(
        tables.stream()
            .flatMap(table -> UNFINISHED.stream().map(folder -> path(table, folder)))
            .toList(),
        storage::delete);
    unknown.forEach(
        file -> LOG.warn("Removing {}, which the last finished run does not name", file));
    AtOnce.forEach(unknown, storage::delete);
  }

  /** A run that went on without them would lose their rows in silence, and for good. */
  private void requireAll(String table, Set<String> recorded, Set<String> there) {
    Set<String> gone = new TreeSet<>(recorded);
    gone.removeAll(there);
    if (!gone.isEmpty()) {
      throw RunRecords.gone(
          "write to " + output, gone.stream().map(name -> path(table, name)).toList());
    }
  }

  /**
   * What no record names is of a run that was killed, if it is of a run at all, and of one: the
   * next run removes it. Else somebody's files stand there, or the records are lost.
   */
  private void requireUnfinished(List<String> unknown) {
    Set<String> runs = new TreeSet<>();
    for (String file : unknown) {
      runs.add(
          RunId.in(new Path(file).getName())
              .orElseThrow(
                  () ->
                      new UserError(
                          "Cannot write to %s: %s was written by no run of ser, and would be in the way of its tables. Move it, or give another --output."
                              .formatted(output, file))));
    }
    if (last.isEmpty() && runs.size() > 1) {
      throw new UserError(
          "Cannot write to %s: the tables there are of several runs (%s …), and %s/runs holds no record of any. Put the records back, remove the tables if they are not wanted, or give another --output."
              .formatted(output, runs.iterator().next(), output));
    }
  }

  private String path(String table, String name) {
    return table(table) + "/" + name;
  }

  private String known(String table) {
    if (!tables.contains(table)) {
      throw new IllegalArgumentException("this run has no table '%s'".formatted(table));
    }
    return table;
  }

  private static String work(String output) {
    return output + "/_work";
  }

  private static boolean isUncommitted(String name) {
    return UNFINISHED.stream().anyMatch(folder -> name.startsWith(folder + "/"));
  }

  /** Marker files such as _SUCCESS and hidden ones belong to no run. */
  private static boolean holdsRows(String file) {
    return new Path(file).getName().endsWith(".parquet");
  }

  /** Path under the table's folder. */
  private String name(String table, String file) {
    String root = storage.absolute(table(table)) + "/";
    // Files are listed with their whole path; those of earlier runs stand under the output as
    // given.
    String path = storage.absolute(file);
    if (!path.startsWith(root)) {
      throw new IllegalStateException("%s is not listed under %s".formatted(file, root));
    }
    return path.substring(root.length());
  }
}
