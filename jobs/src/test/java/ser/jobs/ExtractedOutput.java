package ser.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The output of {@code ser extract}: how it is made, and what stands in it. */
record ExtractedOutput(Path folder) {

  SerRun extract(Path input, String... more) {
    String[] fixed = {"extract", "--input", input.toString(), "--output", folder.toString()};
    return SerRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  ParquetTable featuresTable() {
    return new ParquetTable(folder.resolve("features"));
  }

  ParquetTable quarantineTable() {
    return new ParquetTable(folder.resolve("quarantine"));
  }

  /** In the order of their names. */
  List<Map<String, Object>> features() {
    return featuresTable().rowsBy("recording");
  }

  /** In the order of their names. */
  List<Map<String, Object>> quarantine() {
    return quarantineTable().rowsBy("recording");
  }

  List<Object> recordings() {
    return features().stream().map(row -> row.get("recording")).toList();
  }

  /** {@code name reason} of each row. */
  List<String> reasons() {
    return quarantine().stream()
        .map(row -> row.get("recording") + " " + row.get("reason"))
        .toList();
  }

  /** In the order of their runs. */
  List<Path> records() {
    return files().stream()
        .filter(file -> file.toString().endsWith(".json") && file.getParent().endsWith("runs"))
        .sorted()
        .toList();
  }

  List<Path> files() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> row(List<Map<String, Object>> rows, String recording) {
    return rows.stream()
        .filter(row -> row.get("recording").equals(recording))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no row of " + recording));
  }
}
