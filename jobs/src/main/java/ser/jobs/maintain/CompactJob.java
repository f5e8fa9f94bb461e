package ser.jobs.maintain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.CompactConfig;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;
import ser.jobs.tables.HeldCommits;

/** Makes few files of many, with the same rows, and shelves the records of earlier runs. */
public final class CompactJob {
  private static final Logger LOG = LoggerFactory.getLogger(CompactJob.class);

  /** Files that one Spark job makes: its plan grows with them. */
  private static final int GROUPS_AT_ONCE = 100;

  private CompactJob() {}

  public static JobOutcome run(JobContext context, CompactConfig config) {
    Storage storage = context.storage();
    List<String> names = StoredTable.namesIn(storage, config.output(), "compact");
    if (context.dryRun()) {
      Map<String, FileGroups> plan = new LinkedHashMap<>();
      Map<String, Object> files = new LinkedHashMap<>();
      for (String name : names) {
        String folder = config.output() + "/" + name;
        List<String> now = RunRecords.tableFiles(storage, folder);
        plan.put(name, groups(storage, folder, now, config));
        files.put(name, fileCounts(now.size(), plan.get(name)));
      }
      return new JobOutcome(JobOutcome.Status.DRY_RUN, facts(config, plan, files));
    }
    try (RunOutput output = RunOutput.begin(storage, config.output(), names)) {
      Map<String, FileGroups> plan = new LinkedHashMap<>();
      Map<String, Object> files = new LinkedHashMap<>();
      long rows = 0;
      for (String name : names) {
        List<String> before = output.before(name);
        plan.put(name, groups(storage, output.table(name), before, config));
        rows += compact(context, output, name, plan.get(name));
        files.put(name, fileCounts(before.size(), plan.get(name)));
      }
      boolean any = plan.values().stream().anyMatch(groups -> !groups.groups().isEmpty());
      Map<String, Object> facts = new LinkedHashMap<>();
      if (any) {
        facts.put("run_id", output.runId());
      }
      facts.put("rows", rows);
      facts.putAll(facts(config, plan, files));
      JobOutcome outcome = new JobOutcome(JobOutcome.Status.DONE, facts);
      if (any) {
        output.finish(MaintenanceRecord.of(context, "compact", outcome));
      }
      int shelved = RunRecords.shelve(storage, config.output());
      LOG.info("{} records of earlier runs were moved to runs/past", shelved);
      return outcome;
    }
  }

  private static FileGroups groups(
      Storage storage, String folder, List<String> files, CompactConfig config) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    storage
        .sizes(folder)
        .forEach((file, bytes) -> sizes.put(new Path(file).toUri().getPath(), bytes));
    List<String> gone =
        files.stream().filter(file -> !sizes.containsKey(storage.absolute(file))).toList();
    if (!gone.isEmpty()) {
      throw RunRecords.gone("compact " + config.output(), gone);
    }
    // A folder of a partition is a table of its own.
    Map<String, List<FileGroups.SizedFile>> byFolder = new LinkedHashMap<>();
    for (String file : files) {
      byFolder
          .computeIfAbsent(new Path(file).getParent().toString(), path -> new ArrayList<>())
          .add(new FileGroups.SizedFile(file, sizes.get(storage.absolute(file))));
    }
    List<List<FileGroups.SizedFile>> groups = new ArrayList<>();
    byFolder
        .values()
        .forEach(own -> groups.addAll(FileGroups.of(own, config.fileBytes()).groups()));
    return new FileGroups(groups);
  }

  /**
   * @return rows that were written again
   */
  private static long compact(
      JobContext context, RunOutput output, String name, FileGroups groups) {
    if (groups.groups().isEmpty()) {
      return 0;
    }
    StoredTable table = StoredTable.of(context.spark(), name, groups.files());
    HeldCommits commits = new HeldCommits(context.spark(), output);
    List<List<String>> paths = groups.paths();
    for (int from = 0; from < paths.size(); from += GROUPS_AT_ONCE) {
      List<List<String>> some = paths.subList(from, Math.min(paths.size(), from + GROUPS_AT_ONCE));
      context.describe(
          "Make %d files of %d in %s"
              .formatted(some.size(), some.stream().mapToInt(List::size).sum(), name));
      Dataset<Row> rows =
          table.rowsOfEach(context.spark(), some).stream()
              .map(group -> group.coalesce(1))
              .reduce(Dataset::union)
              .orElseThrow();
      table.write(commits, rows);
    }
    commits.commit();
    context.describe("Count the rows of " + name);
    long before = table.rows(context.spark()).count();
    long after = table.rows(context.spark(), output.written(name)).count();
    if (before != after) {
      throw new IllegalStateException(
          "%d rows of %s became %d; the tables stay as they were".formatted(before, name, after));
    }
    output.remove(name, groups.files());
    return after;
  }

  private static Map<String, Integer> fileCounts(int before, FileGroups groups) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("before", before);
    counts.put("after", before - groups.files().size() + groups.groups().size());
    return counts;
  }

  private static Map<String, Object> facts(
      CompactConfig config, Map<String, FileGroups> plan, Map<String, Object> files) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "bytes",
        plan.values().stream()
            .flatMap(groups -> groups.groups().stream())
            .flatMap(List::stream)
            .mapToLong(FileGroups.SizedFile::bytes)
            .sum());
    facts.put("files", files);
    facts.put("output", config.output());
    return facts;
  }
}
