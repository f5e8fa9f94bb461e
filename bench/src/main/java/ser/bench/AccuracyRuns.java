package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trainings of rows, in a folder: each once, as long as its settings and its recipe stay as they
 * are. A training's result appears whole, when it is done.
 */
final class AccuracyRuns {
  private final ObjectMapper json = new ObjectMapper();
  private final Measurement measurement = new Measurement();
  private final Path ser = Path.of(System.getProperty("ser.home"), "submit", "ser");
  private final Path recipes = Path.of(System.getProperty("ser.home"), "conf", "recipes");
  private final Optional<Path> data;
  private final Path out;
  private final List<String> sparkOptions;

  /**
   * @param data folder of corpora; none if all tables are there
   * @param out folder of tables and results
   * @param sparkOptions that stand before the command
   */
  AccuracyRuns(Optional<Path> data, Path out, List<String> sparkOptions) {
    this.data = data;
    this.out = out;
    this.sparkOptions = List.copyOf(sparkOptions);
  }

  /** A training's result, if it was done with these settings: {@code test} and {@code commit}. */
  Optional<JsonNode> done(AccuracyRow row, long seed, int part) throws IOException {
    Path file = folder(row, seed, part).resolve("result.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode result = json.readTree(file.toFile());
    return result.path("made_by").asText().equals(madeBy(row, seed, part))
        ? Optional.of(result)
        : Optional.empty();
  }

  /** Trains, and makes the features tables that are missing. */
  void train(AccuracyRow row, long seed, int part) throws IOException, InterruptedException {
    List<String> tables = new ArrayList<>();
    for (String corpus : row.corpora()) {
      tables.add(table(row, corpus).resolve("features").toString());
    }
    Path folder = Files.createDirectories(folder(row, seed, part));
    List<String> command = command("train", "--recipe", row.recipe());
    command.addAll(
        List.of(
            "--features",
            String.join(",", tables),
            "--output",
            folder.resolve("trained").toString()));
    row.settings(seed, part)
        .forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    JsonNode line = measured(command, folder.resolve("train.log"));
    JsonNode report = json.readTree(folder.resolve("trained/report.json").toFile());
    ObjectNode result = json.createObjectNode();
    result.put("made_by", madeBy(row, seed, part));
    result.set("seconds", line.path("seconds"));
    result.set("parameters", report.path("parameters"));
    result.put("epochs", report.path("epochs").size());
    result.set("commit", report.path("provenance").path("commit"));
    result.set("test", report.path("test"));
    Path written = folder.resolve("result.json.part");
    Files.writeString(written, result.toPrettyString() + "\n");
    Files.move(written, folder.resolve("result.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path table(AccuracyRow row, String corpus) throws IOException, InterruptedException {
    String name = row.table(corpus);
    if (row.ownTable()) {
      // Its recordings are cut and changed as the recipe says.
      name += "-" + sha256(recipe(row)).substring(0, 8);
    }
    Path table = out.resolve("tables").resolve(name);
    // Put down when extract has said that all went well: a run that found too much broken leaves
    // its table behind.
    Path made = table.resolveSibling(name + ".made");
    if (Files.exists(made)) {
      return table;
    }
    Path recordings =
        data.map(folder -> folder.resolve(corpus))
            .filter(Files::isDirectory)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is not there, and no recordings to make it from; give --data DIR, a folder with %s/ in it"
                            .formatted(made, corpus)));
    List<String> command = command("extract");
    if (row.ownTable()) {
      command.addAll(List.of("--recipe", row.recipe()));
    }
    command.addAll(
        List.of(
            "--input", recordings.toString(), "--corpus", corpus, "--output", table.toString()));
    Files.createDirectories(table.getParent());
    // It goes on with what one that was killed has done.
    measured(command, out.resolve(name + "-extract.log"));
    Files.createFile(made);
    return table;
  }

  private JsonNode measured(List<String> command, Path log)
      throws IOException, InterruptedException {
    try {
      return measurement.run(command, ProcessBuilder.Redirect.to(log.toFile()));
    } catch (ProgramFailure e) {
      throw new ProgramFailure(e.getMessage() + "; see " + log);
    }
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(ser.toString()));
    command.addAll(sparkOptions);
    command.addAll(List.of(arguments));
    return command;
  }

  private Path folder(AccuracyRow row, long seed, int part) {
    return out.resolve(row.name()).resolve("seed-%d-part-%d".formatted(seed, part));
  }

  /** What a result depends on, besides the program and the data. */
  private String madeBy(AccuracyRow row, long seed, int part) throws IOException {
    return sha256(
        new TreeMap<>(row.settings(seed, part)) + "\n" + row.corpora() + "\n" + recipe(row));
  }

  private String recipe(AccuracyRow row) throws IOException {
    return Files.readString(recipes.resolve(row.recipe() + ".conf"));
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
