package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/accuracy}: trains the recipes with several seeds on all folds, and prints what they
 * reach beside what was measured elsewhere. Hours of work: what is done is not done again.
 */
@Command(
    name = "bench/accuracy",
    mixinStandardHelpOptions = true,
    description = "Accuracy of the recipes, row by row and resumable. Last line: JSON.")
final class AccuracyBench implements Callable<Integer> {
  @Option(names = "--out", required = true, description = "folder of tables and results")
  private Path out;

  @Option(names = "--data", description = "folder with ravdess/ and emodb/ in it, for new tables")
  private Path data;

  @Option(names = "--rows", split = ",", description = "names; default: all")
  private List<String> rows = List.of();

  @Option(names = "--seeds", split = ",", description = "default: 1,2,3")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(names = "--show", description = "trains nothing, shows what is there")
  private boolean show;

  @Option(names = "--master", description = "Spark's; default: that of conf/spark")
  private String master;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/accuracy", new AccuracyBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    AccuracyRuns runs =
        new AccuracyRuns(
            Optional.ofNullable(data).map(Path::toAbsolutePath),
            out.toAbsolutePath(),
            master == null ? List.of() : List.of("--master", master));
    List<AccuracyRow> chosen = chosen(AccuracyRow.all());
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "accuracy");
    line.put("unit", "percent, mean over seeds; each seed's folds pooled");
    ArrayNode results = line.putArray("rows");
    System.out.printf(
        "%-34s %-8s %9s  %-22s %-15s %7s  %s%n",
        "row", "metric", "trainings", "ours (sd; range)", "folds", "wanted", "reference");
    for (AccuracyRow row : chosen) {
      if (!show) {
        train(runs, row);
      }
      results.add(result(row, score(runs, row)));
    }
    System.out.println(line);
    return 0;
  }

  private List<AccuracyRow> chosen(List<AccuracyRow> all) {
    List<String> known = all.stream().map(AccuracyRow::name).toList();
    for (String name : rows) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "no row is called '%s'; there are %s".formatted(name, String.join(", ", known)));
      }
    }
    return all.stream().filter(row -> rows.isEmpty() || rows.contains(row.name())).toList();
  }

  private void train(AccuracyRuns runs, AccuracyRow row) throws IOException, InterruptedException {
    for (long seed : seeds) {
      for (int part : row.parts()) {
        if (runs.done(row, seed, part).isEmpty()) {
          System.err.printf(
              "bench/accuracy: %s, seed %d, part %d of %d%n",
              row.name(), seed, part, row.parts().size());
          runs.train(row, seed, part);
        }
      }
    }
  }

  private AccuracyScore score(AccuracyRuns runs, AccuracyRow row) throws IOException {
    List<Double> ofSeeds = new ArrayList<>();
    List<Double> ofParts = new ArrayList<>();
    SortedSet<String> commits = new TreeSet<>();
    for (long seed : seeds) {
      List<JsonNode> confusions = new ArrayList<>();
      for (int part : row.parts()) {
        runs.done(row, seed, part)
            .ifPresent(
                done -> {
                  confusions.add(done.path("test").path("confusion"));
                  commits.add(done.path("commit").asText("unknown"));
                });
      }
      confusions.forEach(one -> ofParts.add(AccuracyScore.of(List.of(one), row.metric())));
      if (confusions.size() == row.parts().size()) {
        ofSeeds.add(AccuracyScore.of(confusions, row.metric()));
      }
    }
    if (commits.size() > 1) {
      System.err.printf(
          "bench/accuracy: %s was trained by several builds: %s%n", row.name(), commits);
    }
    return new AccuracyScore(ofSeeds, ofParts);
  }

  private ObjectNode result(AccuracyRow row, AccuracyScore score) {
    int asked = seeds.size() * row.parts().size();
    System.out.printf(
        Locale.ROOT,
        "%-34s %-8s %4d/%-4d  %-22s %-15s %7s  %s%n",
        row.name(),
        row.metric(),
        score.parts().size(),
        asked,
        score.seeds().isEmpty() ? "not run" : ours(score),
        row.folds() == 0 || score.parts().isEmpty() ? "-" : range(score.parts()),
        row.wanted().map(w -> "%.0f".formatted(w)).orElse("-"),
        row.reference());
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("row", row.name());
    result.put("metric", row.metric());
    result.put("trainings", score.parts().size());
    result.put("of", asked);
    if (!score.seeds().isEmpty()) {
      result.put("ours", Spread.rounded(score.mean()));
      if (score.seeds().size() > 1) {
        result.put("sd", Spread.rounded(score.deviation()));
      }
      score.seeds().forEach(value -> result.withArray("seeds").add(Spread.rounded(value)));
    }
    score.parts().forEach(value -> result.withArray("parts").add(Spread.rounded(value)));
    result.put("reference", row.reference());
    row.wanted().ifPresent(wanted -> result.put("wanted", wanted));
    return result;
  }

  private static String ours(AccuracyScore score) {
    return score.seeds().size() == 1
        ? String.format(Locale.ROOT, "%.1f (one seed)", score.mean())
        : String.format(
            Locale.ROOT, "%.1f (%.1f; %s)", score.mean(), score.deviation(), range(score.seeds()));
  }

  private static String range(List<Double> values) {
    Spread spread = Spread.of(values);
    return String.format(Locale.ROOT, "%.1f-%.1f", spread.least(), spread.most());
  }
}
