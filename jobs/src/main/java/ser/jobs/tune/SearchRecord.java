package ser.jobs.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ser.jobs.config.SearchPlan;
import ser.jobs.config.TuneConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;

/**
 * {@code OUTPUT/search.json}: what the trials of an output have in common. A run with other
 * settings, or on tables that have changed, would mix what cannot be compared, and is refused.
 */
final class SearchRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "search.json";
  private static final long LIMIT_BYTES = 16 << 20;

  private SearchRecord() {}

  /**
   * Writes the record, or compares it.
   *
   * @throws UserError naming the settings that differ
   */
  static void requireSame(JobContext context, TuneConfig config) {
    Storage storage = context.storage();
    String file = config.output() + "/" + NAME;
    ObjectNode now = of(storage, config);
    if (!storage.exists(file)) {
      storage.write(file, now.toPrettyString().getBytes(StandardCharsets.UTF_8));
      return;
    }
    List<String> differences = new ArrayList<>();
    collect(read(storage, file), now, "", differences);
    if (!differences.isEmpty()) {
      throw new UserError(
          "Cannot go on in %s: its trials were begun with other settings (%s). Repeat the command with those, or give another --output."
              .formatted(config.output(), String.join("; ", differences)));
    }
  }

  private static ObjectNode of(Storage storage, TuneConfig config) {
    try {
      ObjectNode record = JSON.createObjectNode();
      ObjectNode train = tree(config, "ser.train");
      ObjectNode tune = tree(config, "ser.tune");
      // Where trials run, and where their results go, does not change them.
      train.remove(List.of("output", "workers", "averaging-frequency"));
      tune.remove("output");
      if (config.plan().method() == SearchPlan.Method.RANDOM) {
        // More trials change none of those that are there.
        tune.remove("trials");
      }
      record.putObject("ser").<ObjectNode>set("train", train).set("tune", tune);
      ObjectNode tables = record.putObject("tables");
      for (String table : config.base().features()) {
        List<String> files = RunRecords.tableFiles(storage, table);
        // Files of a features table are never changed, and their names do not come twice.
        tables.put(table, Integer.toHexString(files.hashCode()) + " of " + files.size());
      }
      return record;
    } catch (IOException e) {
      throw new IllegalStateException("a configuration rendered as JSON is no JSON", e);
    }
  }

  private static ObjectNode tree(TuneConfig config, String group) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            config.config().getConfig(group).root().render(ConfigRenderOptions.concise()));
  }

  private static JsonNode read(Storage storage, String file) {
    try {
      return JSON.readTree(storage.read(file, LIMIT_BYTES));
    } catch (IOException e) {
      throw new UserError(
          "Cannot read %s: %s. Give another --output.".formatted(file, e.getMessage()), e);
    }
  }

  private static void collect(JsonNode then, JsonNode now, String path, List<String> differences) {
    if (then.isObject() && now.isObject()) {
      Set<String> names = new TreeSet<>();
      then.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name ->
              collect(
                  then.path(name),
                  now.path(name),
                  path.isEmpty() ? name : path + "." + name,
                  differences));
    } else if (!then.equals(now)) {
      differences.add("%s was %s and is %s".formatted(path, said(then), said(now)));
    }
  }

  private static String said(JsonNode value) {
    return value.isMissingNode() ? "not there" : value.toString();
  }
}
