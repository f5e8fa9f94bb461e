package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/train}: the mel CNN's training and scoring beside PyTorch's in both of its memory
 * layouts, and DL4J as it comes, each in a process of its own, turn by turn.
 */
@Command(
    name = "bench/train",
    mixinStandardHelpOptions = true,
    description = "Training and scoring: ours beside PyTorch's, in one run. Last line: JSON.")
final class TrainBench implements Callable<Integer> {
  static final List<String> MALLOC =
      List.of("MALLOC_ARENA_MAX=1", "MALLOC_MMAP_MAX_=0", "MALLOC_TRIM_THRESHOLD_=100000000000");
  private static final String OURS = "ours";
  private static final String CONTIGUOUS = "torch contiguous";
  private static final String CHANNELS_LAST = "torch channels_last";
  private static final String STOCK = "dl4j as it comes";

  @Option(names = "--threads", split = ",", description = "default: 1,2")
  private List<Integer> threads = List.of(1, 2);

  @Option(names = "--rounds", description = "of each side (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--steps", description = "of training that count (default: ${DEFAULT-VALUE})")
  private int steps = 20;

  @Option(names = "--batches", description = "of scoring that count (default: ${DEFAULT-VALUE})")
  private int batches = 8;

  @Option(
      names = "--stock-steps",
      description = "of DL4J as it comes, in one round; 0 for none (default: ${DEFAULT-VALUE})")
  private int stockSteps = 4;

  @Option(
      names = "--peer",
      description = "peer_train.py; default: $PEER_TRAIN, then ../shared/bench")
  private Path peerScript;

  @Option(
      names = "--jemalloc",
      description = "library that PyTorch's side is run with, instead of our settings of malloc")
  private Path jemalloc;

  private final Measurement measurement = new Measurement();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/train", new TrainBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || steps < 1 || batches < 1 || threads.isEmpty()) {
      throw new IllegalArgumentException("--rounds, --steps and --batches must be 1 or more");
    }
    List<String> peer = peer();
    ObjectNode last = null;
    for (int count : threads) {
      Map<String, List<JsonNode>> lines = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        add(lines, OURS, ours(count, steps, batches, false));
        add(lines, CONTIGUOUS, torch(peer, count, "contiguous"));
        add(lines, CHANNELS_LAST, torch(peer, count, "channels_last"));
        if (round == 1 && stockSteps > 0) {
          add(lines, STOCK, ours(count, stockSteps, stockSteps, true));
        }
      }
      last = report(count, lines);
    }
    System.out.println(last);
    return 0;
  }

  private void add(Map<String, List<JsonNode>> lines, String side, List<String> command)
      throws IOException, InterruptedException {
    lines
        .computeIfAbsent(side, name -> new ArrayList<>())
        .add(measurement.run(command, ProcessBuilder.Redirect.INHERIT));
  }

  private List<String> peer() {
    String python = System.getenv("PEER_PYTHON");
    if (python == null || python.isBlank()) {
      throw new IllegalArgumentException("PEER_PYTHON is not set; name a Python that has torch");
    }
    String variable = System.getenv("PEER_TRAIN");
    Path script =
        peerScript != null
            ? peerScript
            : Path.of(
                variable == null
                    ? System.getProperty("ser.home", ".") + "/../shared/bench/peer_train.py"
                    : variable);
    if (!Files.isReadable(script)) {
      throw new IllegalArgumentException(
          "the peer's script %s cannot be read; name peer_train.py by --peer or PEER_TRAIN"
              .formatted(script));
    }
    return List.of(python, script.toString());
  }

  private List<String> torch(List<String> peer, int count, String layout) {
    List<String> command = new ArrayList<>(List.of("env"));
    // Without one of the two PyTorch gives its memory back at every step: a tenth of its speed
    // here.
    if (jemalloc != null) {
      command.add("LD_PRELOAD=" + jemalloc);
    } else {
      command.addAll(MALLOC);
    }
    command.addAll(peer);
    command.addAll(
        List.of(
            "--threads",
            "" + count,
            "--memory-format",
            layout,
            "--steps",
            "" + steps,
            "--inference-batches",
            "" + batches));
    return command;
  }

  private static List<String> ours(int count, int steps, int batches, boolean stock) {
    List<String> command = new ArrayList<>(List.of("env", "OMP_NUM_THREADS=" + count));
    if (!stock) {
      command.addAll(MALLOC);
    }
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            OurNetwork.class.getName(),
            "" + steps,
            "" + batches));
    if (stock) {
      command.add("stock");
    }
    return command;
  }

  private static ObjectNode report(int count, Map<String, List<JsonNode>> lines) {
    System.out.printf(
        "%d thread(s), medians: samples a second (per CPU-second)%n%-22s %16s %16s %16s%n",
        count, "", "train 32", "score 32", "score 128");
    lines.forEach(
        (side, results) ->
            System.out.printf(
                "%-22s %16s %16s %16s%n",
                side,
                cell(results, "/training"),
                cell(results, "/inference/0"),
                cell(results, "/inference/1")));
    double ours = median(lines.get(OURS), "/training/samples_per_s_median_batch");
    double peer =
        Math.max(
            median(lines.get(CONTIGUOUS), "/training/samples_per_s_median_batch"),
            median(lines.get(CHANNELS_LAST), "/training/samples_per_s_median_batch"));
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "train");
    line.put("ours", rounded(ours));
    line.put("peer", rounded(peer));
    line.put("ratio", rounded(ours / peer));
    line.put("unit", "training samples/s, batch 32, %d threads".formatted(count));
    ObjectNode all = line.putObject("all");
    lines.forEach(
        (side, results) -> {
          ObjectNode row = all.putObject(side);
          for (String path : List.of("/training", "/inference/0", "/inference/1")) {
            for (String unit : List.of("samples_per_s_median_batch", "samples_per_cpu_s")) {
              if (!results.get(0).at(path).isMissingNode()) {
                row.put(
                    path.substring(1).replace('/', '_') + "_" + unit,
                    rounded(median(results, path + "/" + unit)));
              }
            }
          }
        });
    return line;
  }

  private static String cell(List<JsonNode> results, String path) {
    return results.get(0).at(path).isMissingNode()
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f (%.1f)",
            median(results, path + "/samples_per_s_median_batch"),
            median(results, path + "/samples_per_cpu_s"));
  }

  private static double median(List<JsonNode> results, String path) {
    return Spread.of(results.stream().map(line -> number(line, path)).toList()).median();
  }

  private static double number(JsonNode line, String path) {
    JsonNode value = line.at(path);
    if (!value.isNumber()) {
      throw new IllegalStateException("no number %s in %s".formatted(path, line));
    }
    return value.asDouble();
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
