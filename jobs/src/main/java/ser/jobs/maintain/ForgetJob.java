package ser.jobs.maintain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.ForgetConfig;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.RunRecords;
import ser.jobs.tables.HeldCommits;
import ser.jobs.tables.RowRemoval;

/**
 * Removes all rows of some recordings from the tables of an output, and the page about them, which
 * may name them. The record of it says how many there were and not which.
 */
public final class ForgetJob {
  private static final Logger LOG = LoggerFactory.getLogger(ForgetJob.class);

  private ForgetJob() {}

  public static JobOutcome run(JobContext context, ForgetConfig config) {
    List<String> names = StoredTable.namesIn(context.storage(), config.output(), "forget in");
    if (context.dryRun()) {
      Function<String, List<String>> files =
          name -> RunRecords.tableFiles(context.storage(), config.output() + "/" + name);
      List<StoredTable> tables = tables(context, names, files);
      try (ForgottenRecordings forgotten = forgotten(context, tables, config)) {
        Map<String, Object> facts = facts(config, forgotten, removals(context, tables, forgotten));
        return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
      }
    }
    try (RunOutput output = RunOutput.begin(context.storage(), config.output(), names)) {
      List<StoredTable> tables = tables(context, names, output::before);
      try (ForgottenRecordings forgotten = forgotten(context, tables, config)) {
        Map<StoredTable, RowRemoval> removals = removals(context, tables, forgotten);
        Map<String, Object> facts = new LinkedHashMap<>();
        if (forgotten.count() > 0) {
          facts.put("run_id", output.runId());
        }
        facts.putAll(facts(config, forgotten, removals));
        JobOutcome outcome = new JobOutcome(JobOutcome.Status.DONE, facts);
        if (forgotten.count() > 0) {
          context.describe("Write the other rows");
          HeldCommits commits = new HeldCommits(context.spark(), output);
          removals.forEach(
              (table, removal) -> remove(context.spark(), commits, output, table, removal));
          commits.commit();
          output.withdraw(RunOutput.REPORT);
          output.finish(MaintenanceRecord.of(context, "forget", outcome));
        }
        LOG.info("{} recordings were forgotten", forgotten.count());
        return outcome;
      }
    }
  }

  private static List<StoredTable> tables(
      JobContext context, List<String> names, Function<String, List<String>> files) {
    context.describe("Read the columns of the tables");
    return names.stream()
        .map(name -> StoredTable.of(context.spark(), name, files.apply(name)))
        .filter(table -> !table.files().isEmpty())
        .toList();
  }

  private static ForgottenRecordings forgotten(
      JobContext context, List<StoredTable> tables, ForgetConfig config) {
    context.describe("Look for the recordings");
    return ForgottenRecordings.among(context.spark(), tables, config);
  }

  private static Map<StoredTable, RowRemoval> removals(
      JobContext context, List<StoredTable> tables, ForgottenRecordings forgotten) {
    context.describe("Look for the files that have rows of them");
    Map<StoredTable, RowRemoval> removals = new LinkedHashMap<>();
    for (StoredTable table : tables) {
      removals.put(
          table,
          forgotten.count() == 0
              ? RowRemoval.none()
              : RowRemoval.of(
                  context.spark(),
                  context.storage(),
                  table.files(),
                  table.schema(),
                  forgotten.names()));
    }
    return removals;
  }

  private static Map<String, Object> facts(
      ForgetConfig config, ForgottenRecordings forgotten, Map<StoredTable, RowRemoval> removals) {
    Map<String, Long> rows = new LinkedHashMap<>();
    removals.forEach((table, removal) -> rows.put(table.name(), removal.rows()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", forgotten.count());
    facts.put("rows", rows.values().stream().mapToLong(Long::longValue).sum());
    facts.put("rows_by_table", rows);
    facts.put("output", config.output());
    return facts;
  }

  private static void remove(
      SparkSession spark,
      HeldCommits commits,
      RunOutput output,
      StoredTable table,
      RowRemoval removal) {
    List<Dataset<Row>> writes = new ArrayList<>(removal.remainders());
    if (writes.isEmpty() && removal.files().size() == table.files().size()) {
      // A file without rows tells readers the columns.
      // Outside of folders: without rows there are none.
      commits.write(spark.createDataFrame(List.<Row>of(), table.schema()), table.name(), List.of());
    }
    writes.forEach(rows -> table.write(commits, rows));
    output.remove(table.name(), removal.files());
  }
}
