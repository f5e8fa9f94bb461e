package ser.jobs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The output of {@code ser score}: how it is made, and what stands in it. */
record ScoredOutput(Path folder) {

  SerRun score(TrainedModel model, Path input, String... more) {
    return score(model, input.toString(), more);
  }

  SerRun score(TrainedModel model, String input, String... more) {
    return scoreBy(model.file().toString(), input, more);
  }

  SerRun scoreBy(String model, String input, String... more) {
    String[] fixed = {"score", "--model", model, "--input", input, "--output", folder.toString()};
    return SerRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  List<Map<String, Object>> windows() {
    return new ParquetTable(folder.resolve("windows")).rowsBy("recording", "channel", "start_s");
  }

  List<Map<String, Object>> segments() {
    return new ParquetTable(folder.resolve("segments")).rowsBy("recording", "channel", "start_s");
  }

  List<Map<String, Object>> calls() {
    return new ParquetTable(folder.resolve("calls")).rowsBy("recording", "channel");
  }

  List<Map<String, Object>> quarantine() {
    return new ParquetTable(folder.resolve("quarantine")).rowsBy("recording");
  }
}
