import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The windows of one channel as lines of JSON, in order of recording and time, for programs without
 * Spark. Started from source by bench/calls, on Spark's jars alone.
 */
public final class WindowLines {
  /**
   * @param arguments output of a score run, channel, file to write
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 8)
            .getOrCreate();
    try {
      write(spark, Path.of(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    } catch (IllegalArgumentException e) {
      System.err.println("REFUSED: " + e.getMessage());
      System.exit(2);
    } finally {
      spark.stop();
    }
  }

  private static void write(SparkSession spark, Path output, int channel, Path to)
      throws IOException {
    Dataset<Row> windows = spark.read().parquet(files(output)).where("channel = " + channel);
    List<Row> models = windows.select("model_id").distinct().orderBy("model_id").collectAsList();
    if (models.size() > 1) {
      throw new IllegalArgumentException(
          "%s holds the windows of %d models (%s); score with the one that is to be judged into an output of its own"
              .formatted(output, models.size(), models));
    }
    Iterator<String> lines =
        windows
            .select("recording", "start_s", "end_s", "emotion")
            .orderBy("recording", "start_s")
            .toJSON()
            .toLocalIterator();
    try (BufferedWriter out = Files.newBufferedWriter(to)) {
      while (lines.hasNext()) {
        out.write(lines.next());
        out.newLine();
      }
    }
  }

  /** Those that the last finished run names: one that was killed may have left others. */
  private static String[] files(Path output) throws IOException {
    List<Path> records;
    Path runs = output.resolve("runs");
    if (!Files.isDirectory(runs)) {
      throw new IllegalArgumentException(
          "%s has no runs/; name the output of a score run on the local disk".formatted(output));
    }
    try (Stream<Path> found = Files.list(runs)) {
      records = found.filter(file -> file.toString().endsWith(".json")).toList();
    }
    Path last =
        records.stream()
            .max(Comparator.naturalOrder())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no run has finished in %s; run 'ser score' again".formatted(output)));
    List<String> files = new ArrayList<>();
    for (JsonNode name : new ObjectMapper().readTree(last.toFile()).at("/files/windows")) {
      // Spark takes these characters for a pattern.
      files.add(
          output
              .resolve("windows")
              .resolve(name.asText())
              .toString()
              .replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("the last run of %s left no windows".formatted(output));
    }
    return files.toArray(String[]::new);
  }
}
