package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.bench.calls.HeardCall;
import ser.bench.calls.Voice;
import ser.model.corpus.Corpora;

/**
 * {@code bench/memory-score}: what {@code ser score} needs of memory for few and many hours of
 * audio, for one long call, and for few and many recordings; on the driver and on an executor that
 * is a process of its own and whose heap may not pass 1 GB.
 *
 * <p>Three figures a process. What it holds: the most that is left of its heap after a full
 * collection, of which there is one every few seconds. The most that was on the heap, garbage and
 * all. And what the operating system saw at most, which has the network's memory, outside the heap.
 */
@Command(
    name = "bench/memory-score",
    mixinStandardHelpOptions = true,
    description = {
      "Memory of score by hours of audio, length of a call and number of recordings. Long calls are made",
      "once and linked to as often as hours are asked for. The last line is JSON."
    })
final class MemoryScoreBench implements Callable<Integer> {
  /** File systems allow some ten thousand links to a file. */
  private static final int LINKS = 20_000;

  private static final int HOUR_MINUTES = 60;

  /** About the least in which, after the agent's turn, a customer's recording has room. */
  private static final int SHORT_SECONDS = 6;

  private static final int HEAP_MB = 1024;

  @Parameters(paramLabel = "FOLDER", description = "a labelled corpus that calls are made of")
  private Path corpus;

  @Option(
      names = "--hours",
      split = ",",
      description = "of calls of one hour (default: ${DEFAULT-VALUE})")
  private List<Integer> hours = List.of(1, 4);

  @Option(
      names = "--call-hours",
      split = ",",
      description = "lengths of a single call (default: ${DEFAULT-VALUE})")
  private List<Double> callHours = List.of(4.0);

  @Option(
      names = "--recordings",
      split = ",",
      description = "numbers of calls of six seconds (default: ${DEFAULT-VALUE})")
  private List<Integer> recordings = List.of(10, 1_000);

  @Option(
      names = "--model",
      description = "default: random weights of recipe mel-cnn4-gap, which need as much")
  private Path model;

  @Option(names = "--work-dir", required = true, hidden = true)
  private Path work;

  private final Measurement measurement = new Measurement();
  private final ObjectNode line = new ObjectMapper().createObjectNode();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/memory-score", new MemoryScoreBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireAbove0(hours);
    requireAbove0(callHours);
    requireAbove0(recordings);
    Path file = model();
    line.put("bench", "memory-score").put("unit", "MB").put("executor_heap_limit_mb", HEAP_MB);
    System.out.println(
        "archive                  audio h  wall s  heap after full collection (resident), heap: driver; executor");
    Path hour = made("hour", HOUR_MINUTES);
    List<Run> byHours = new ArrayList<>();
    for (int count : hours) {
      Path archive = linked(hour, "hours-" + count, count);
      byHours.add(score("hours", "%d of 1 h".formatted(count), archive, count, file));
    }
    for (double length : callHours) {
      Path call = made("call-" + length, 60 * length);
      byHours.add(score("calls", "1 of %s h".formatted(length), call, 1, file));
    }
    Path piece = made("piece", SHORT_SECONDS / 60.0);
    List<Run> byRecordings = new ArrayList<>();
    for (int count : recordings) {
      Path archive = linked(piece, "recordings-" + count, count);
      String name = "%d of %d s".formatted(count, SHORT_SECONDS);
      byRecordings.add(score("recordings", name, archive, count, file));
    }
    line.put("executor_heap_growth", growth(byHours.stream().map(Run::executor).toList()));
    line.put("driver_heap_growth", growth(byRecordings.stream().map(Run::driver).toList()));
    System.out.println(line);
    return 0;
  }

  /** What one run needed. */
  private record Run(ProcessMemory driver, ProcessMemory executor) {}

  private Run score(String group, String name, Path archive, int count, Path file)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(work.resolve(archive.getFileName() + "-logs"));
    List<PeakMemory> peaks = new ArrayList<>();
    long start = System.nanoTime();
    JsonNode result =
        measurement.run(
            command(archive, file, logs),
            ProcessBuilder.Redirect.to(logs.resolve("log").toFile()),
            process -> peaks.add(watched(process)));
    double seconds = (System.nanoTime() - start) / 1e9;
    requireAllScored(result, count, logs.resolve("log"));
    ObjectNode row = line.withArray(group).addObject();
    row.put("recordings", result.path("recordings").asLong())
        .put("audio_hours", Spread.rounded(result.path("audio_seconds").asDouble() / 3600))
        .put("windows", result.path("rows").asLong())
        .put("seconds", Spread.rounded(seconds));
    Run run =
        new Run(
            memory(row, logs, "driver", peaks.get(0).driverMb()),
            memory(row, logs, "executor", peaks.get(0).executorMb()));
    System.out.printf(
        Locale.ROOT,
        "%-22s %9.2f  %6.1f  %s, %.0f; %s, %.0f%n",
        name,
        row.path("audio_hours").asDouble(),
        seconds,
        run.driver(),
        row.path("driver_heap_peak_mb").asDouble(),
        run.executor(),
        row.path("executor_heap_peak_mb").asDouble());
    Folders.remove(work.resolve("out"));
    return run;
  }

  /** Recordings that are missing or quarantined need next to no memory. */
  static void requireAllScored(JsonNode result, int count, Path log) {
    if (result.path("recordings").asInt(-1) != count
        || result.path("quarantined").asInt(-1) != 0
        || result.path("rows").asLong() < count) {
      throw new ProgramFailure(
          "not all of %d recordings were scored: %s; see %s".formatted(count, result, log));
    }
  }

  private static PeakMemory watched(Process process) {
    FullCollections collections = FullCollections.in(process);
    try {
      return PeakMemory.of(process);
    } finally {
      collections.close();
    }
  }

  private static ProcessMemory memory(ObjectNode row, Path logs, String process, double peakMb) {
    ProcessMemory memory = new ProcessMemory(GcLog.mostAfterFull(logs, process), peakMb);
    row.put(process + "_heap_mb", Spread.rounded(memory.heapMb()));
    row.put(process + "_heap_peak_mb", Spread.rounded(GcLog.peak(logs, process)));
    row.put(process + "_resident_mb", Spread.rounded(peakMb));
    return memory;
  }

  private List<String> command(Path archive, Path file, Path logs) {
    return List.of(
        Path.of(System.getProperty("ser.home"), "submit", "ser").toString(),
        "--master",
        "local-cluster[1,2,%d]".formatted(HEAP_MB),
        "--executor-memory",
        HEAP_MB + "m",
        "--conf",
        "spark.executor.cores=2",
        "--driver-java-options",
        GcLog.options(logs, "driver"),
        "--conf",
        "spark.executor.extraJavaOptions=" + GcLog.options(logs, "executor"),
        "score",
        "--model",
        file.toString(),
        "--input",
        archive.toString(),
        "--output",
        work.resolve("out").toString(),
        "--set",
        "ser.score.customer-channel=0");
  }

  private Path model() throws IOException {
    if (model == null) {
      return Files.write(work.resolve("model.safetensors"), RandomModel.of().toBytes());
    }
    if (!Files.isReadable(model)) {
      throw new IllegalArgumentException(
          "the model file %s cannot be read; check --model, or leave it out".formatted(model));
    }
    return model;
  }

  /** A folder with one call in it, and nothing else. */
  private Path made(String name, double minutes) throws IOException {
    System.err.printf(Locale.ROOT, "bench/memory-score: making a call of %.2f min%n", minutes);
    List<Voice> voices =
        Voice.of(
            corpus,
            Recordings.under(corpus, 0),
            Corpora.names().stream().map(Corpora::named).toList());
    Path folder = work.resolve(name);
    HeardCall.write(voices, minutes, folder);
    Files.delete(folder.resolve("truth.csv"));
    Files.delete(folder.resolve("calls.csv"));
    return folder;
  }

  /** A folder with many names of one call. */
  private Path linked(Path folder, String name, int count) throws IOException {
    Path call = Recordings.under(folder, 0).get(0);
    Path target = Files.createDirectories(work.resolve(name));
    for (int i = 0; i < count; i++) {
      if (i > 0 && i % LINKS == 0) {
        call = Files.copy(call, work.resolve("%s-copy-%d.wav".formatted(name, i)));
      }
      Files.createLink(target.resolve("call-%06d.wav".formatted(i)), call);
    }
    return target;
  }

  private static double growth(List<ProcessMemory> runs) {
    double least = runs.stream().mapToDouble(ProcessMemory::heapMb).min().orElse(0);
    double most = runs.stream().mapToDouble(ProcessMemory::heapMb).max().orElse(0);
    return least == 0 ? 0 : Math.round(1000 * most / least) / 1000.0;
  }

  private static void requireAbove0(List<? extends Number> counts) {
    if (counts.stream().anyMatch(count -> !(count.doubleValue() > 0))) {
      throw new IllegalArgumentException("%s must all be above 0".formatted(counts));
    }
  }
}
