package ser.jobs.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows what the quickstart reached: the held-out metrics and a few scored rows, without starting
 * Spark for it.
 */
@Command(name = "Summary", description = "Shows metrics and a few scored rows.")
public final class Summary implements Callable<Integer> {
  private static final List<String> METRICS = List.of("accuracy", "uar", "macro_f1");
  private static final List<String> COLUMNS =
      List.of("recording", "start_s", "end_s", "emotion", "confidence");

  @Option(names = "--report", required = true, paramLabel = "FILE", description = "report.json")
  private Path report;

  @Option(names = "--windows", required = true, paramLabel = "DIR", description = "windows table")
  private Path windows;

  @Option(names = "--rows", defaultValue = "5", description = "Rows to show.")
  private int rows;

  @Option(names = "--synthetic", description = "The voices are synthetic: say so at each number.")
  private boolean synthetic;

  private Summary() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Summary()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    String voices = synthetic ? " (synthetic voices)" : "";
    printMetrics(new ObjectMapper().readTree(report.toFile()), voices, System.out);
    System.out.printf("%nScored windows%s:%n", voices);
    for (List<String> row : head(windows, rows)) {
      System.out.println("  " + String.join("  ", row));
    }
    return CommandLine.ExitCode.OK;
  }

  /** Prints accuracy, UAR and macro F1 with the split and the kind of voices beside each. */
  static void printMetrics(JsonNode report, String voices, PrintStream out) {
    JsonNode test = report.path("test");
    String split = split(report.path("split"));
    out.printf(
        "%nHeld-out test%s, %s recordings of %s speakers:%n",
        voices, test.path("recordings").asText("?"), count(test.path("speakers")));
    for (String metric : METRICS) {
      out.printf(
          Locale.ROOT,
          "  %-9s %.3f  split: %s%s%n",
          metric,
          test.path(metric).asDouble(Double.NaN),
          split,
          voices);
    }
  }

  /** First rows of a table, file by file in the order of their names. */
  static List<List<String>> head(Path table, int rows) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(table)) {
      files = all.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
    }
    List<List<String>> head = new ArrayList<>();
    for (Path file : files) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
              .build()) {
        for (Group row = reader.read(); row != null && head.size() < rows; row = reader.read()) {
          head.add(cells(row));
        }
      }
    }
    return head;
  }

  private static List<String> cells(Group row) {
    List<String> cells = new ArrayList<>();
    for (String column : COLUMNS) {
      boolean present = row.getType().containsField(column);
      boolean set = present && row.getFieldRepetitionCount(column) > 0;
      cells.add(set ? rounded(row.getValueToString(row.getType().getFieldIndex(column), 0)) : "-");
    }
    return cells;
  }

  private static String rounded(String value) {
    return value.matches("-?\\d+\\.\\d{3,}([eE]-?\\d+)?")
        ? String.format(Locale.ROOT, "%.2f", Double.parseDouble(value))
        : value;
  }

  private static String split(JsonNode split) {
    if (split.isValueNode()) {
      return split.asText();
    }
    return split.path("name").isTextual() ? split.path("name").asText() : split.toString();
  }

  /** Speakers may be listed or counted. */
  private static String count(JsonNode speakers) {
    return speakers.isArray() ? String.valueOf(speakers.size()) : speakers.asText("?");
  }
}
