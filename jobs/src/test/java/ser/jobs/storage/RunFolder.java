package ser.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An output of two tables, and runs that write to it. */
abstract class RunFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final List<String> TABLES = List.of("features", "quarantine");

  final Storage storage = new Storage(new Configuration());

  @TempDir Path folder;
  Path output;

  @BeforeEach
  void output() {
    output = folder.resolve("out");
  }

  RunOutput begin() {
    return RunOutput.begin(storage, output.toString(), TABLES);
  }

  String finished(String... files) {
    return finishedAt(output.toString(), files);
  }

  String finishedAt(String path, String... files) {
    try (RunOutput run = RunOutput.begin(storage, path, TABLES)) {
      Stream.of(files).forEach(file -> write(run, file));
      run.finish(facts());
      return run.runId();
    }
  }

  String replacing(String... files) {
    try (RunOutput run = begin()) {
      Stream.of(files).forEach(file -> write(run, file));
      run.replaceAll();
      run.finish(facts());
      return run.runId();
    }
  }

  static ObjectNode facts() {
    return JSON.createObjectNode().put("job", "extract");
  }

  void write(RunOutput run, String name) {
    write(own(run, name));
  }

  /** What belongs to no run, or to one that nobody knows. */
  void write(String name) {
    try {
      Path file = output.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "rows");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode record(String runId) {
    try {
      return JSON.readTree(output.resolve("runs/" + runId + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> files(String table) {
    Path root = output.resolve(table);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> plain(root.relativize(file).toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode array) {
    List<String> texts =
        JSON.convertValue(
            array, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    return texts.stream().map(RunFolder::plain).toList();
  }

  /** As the jobs name files with rows: with the id of the run. */
  static String own(RunOutput run, String name) {
    return name.replace(".parquet", "-" + run.runId() + ".parquet");
  }

  static String plain(String name) {
    return name.replaceAll("-\\d{8}T\\d{9}Z-[0-9a-f]{8}[.]parquet", ".parquet");
  }
}
