package ser.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * What an output of {@code ser score} says to a reader that knows nothing: all Parquet files of
 * each table's folder.
 *
 * @param spark reads them
 */
record ScoredTables(Path folder, SparkSession spark) {
  /** A column that names folders; it goes by the recording's name, which is not compared. */
  static final String SHELF = "shelf";

  private static final List<String> TABLES = List.of("windows", "segments", "calls", "quarantine");

  /** What tells one run or one upload from another. */
  private static final List<String> OF_THE_RUN =
      List.of("run_id", "scored_at", "source_modified", "detail", SHELF);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rows of all tables as JSON, sorted, without what tells one run from another. */
  List<String> rows() {
    return byRecording().values().stream().flatMap(List::stream).sorted().toList();
  }

  /** Rows of all tables by what {@code recording} says, which they are without. */
  Map<String, List<String>> byRecording() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      for (ObjectNode row : rows(table)) {
        String recording = row.remove("recording").asText();
        row.remove(OF_THE_RUN);
        rows.merge(
            recording,
            List.of(named(recording, table + " " + row)),
            (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
      }
    }
    return rows;
  }

  /** A row of one recording, said of another. */
  static String named(String recording, String row) {
    return recording + ": " + row.replaceFirst("^[^:]*: ", "");
  }

  /** Folders that a table's files stand in. */
  List<String> shelves(String table) {
    return files()
        .filter(file -> file.startsWith(folder.resolve(table)))
        .map(file -> file.getParent().getFileName().toString())
        .filter(name -> name.startsWith(SHELF + "="))
        .distinct()
        .toList();
  }

  /** Files that are neither a table's, nor a run's record, nor a committer's mark. */
  List<Path> leftovers() {
    return files()
        .filter(file -> !file.toString().matches(".*(\\.parquet|\\.json|\\.html|/_SUCCESS)"))
        .toList();
  }

  private List<ObjectNode> rows(String table) {
    List<String> files =
        files()
            .filter(file -> file.startsWith(folder.resolve(table)))
            .filter(file -> file.toString().endsWith(".parquet"))
            .filter(file -> !file.toString().contains("__magic"))
            .map(file -> "file://" + file)
            .toList();
    if (files.isEmpty()) {
      return List.of();
    }
    return spark.read().parquet(files.toArray(String[]::new)).toJSON().collectAsList().stream()
        .map(ScoredTables::parsed)
        .toList();
  }

  private Stream<Path> files() {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode parsed(String row) {
    try {
      return (ObjectNode) JSON.readTree(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
