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

/**
 * {@code bench/scale}: what {@code ser extract} needs of memory for archives of several sizes, on
 * the driver and on an executor that is a process of its own ({@code local-cluster}); and how long
 * a second run over the same archive takes, which finds nothing new.
 *
 * <p>Two figures a process. The heap is what it holds: the most that is left after any garbage
 * collection, young ones included, so it counts some garbage too. The peak is what the operating
 * system saw at most, which follows from the heap that the process may take rather than from what
 * it needs.
 */
@Command(
    name = "bench/scale",
    mixinStandardHelpOptions = true,
    description = "Memory of extract by the size of the archive. The last line is JSON.")
final class ScaleBench implements Callable<Integer> {
  /** Short ones: the number of recordings is what is varied. */
  private static final int SECONDS = 1;

  private static final String FIRST = "first";

  @Parameters(paramLabel = "FOLDER", description = "a corpus that pieces are cut from")
  private Path corpus;

  @Option(names = "--corpus-type", description = "how it is named (default: ${DEFAULT-VALUE})")
  private String corpusType = "emodb";

  @Option(
      names = "--recordings",
      split = ",",
      description = "sizes of archives (default: ${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of(1_000, 10_000, 100_000);

  @Option(names = "--work-dir", required = true, hidden = true)
  private Path work;

  private final Measurement measurement = new Measurement();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/scale", new ScaleBench()).execute(args));
  }

  /** What one run needed. */
  private record Run(double seconds, ProcessMemory driver, ProcessMemory executor) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "scale");
    List<ProcessMemory> drivers = new ArrayList<>();
    System.out.println(
        "recordings  wall s  heap MB (peak MB): driver, executor;  the same of a second run");
    for (int size : sizes) {
      Path archive = work.resolve("recordings-" + size);
      System.err.printf("bench/scale: cutting %d files%n", size);
      new Pieces(SECONDS).cut(corpus, archive, size);
      Run first = extract(archive, size, FIRST);
      Run second = extract(archive, size, "second");
      Folders.remove(archive);
      Folders.remove(work.resolve("out-" + size));
      drivers.add(first.driver);
      System.out.printf(
          Locale.ROOT,
          "%10d  %6.1f  %s  %s;  %.1f  %s  %s%n",
          size,
          first.seconds,
          first.driver,
          first.executor,
          second.seconds,
          second.driver,
          second.executor);
      ObjectNode row = line.withArray("sizes").addObject().put("recordings", size);
      put(row, FIRST, first);
      put(row, "second", second);
    }
    double least = drivers.get(0).heapMb();
    double most = drivers.get(drivers.size() - 1).heapMb();
    line.put("driver_heap_growth", Spread.rounded(most / least));
    line.put("unit", "MB");
    System.out.println(line);
    return 0;
  }

  private Run extract(Path archive, int size, String name)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(work.resolve("%d-%s".formatted(size, name)));
    long start = System.nanoTime();
    List<ProcessMemory> memory = new ArrayList<>();
    JsonNode line =
        measurement.run(
            command(archive, size, logs),
            ProcessBuilder.Redirect.to(logs.resolve("log").toFile()),
            process -> memory.addAll(watch(process, logs)));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (line.path("recordings").asInt() != size) {
      throw new ProgramFailure("%d recordings, and %s".formatted(size, line));
    }
    if (name.equals(FIRST)) {
      requireAllExtracted(line, size, corpusType);
    }
    return new Run(seconds, memory.get(0), memory.get(1));
  }

  /**
   * A quarantined recording costs next to no memory, and all of them are where the names are not
   * those of the corpus.
   *
   * @throws IllegalArgumentException if a recording of the first run has no row
   */
  static void requireAllExtracted(JsonNode line, int size, String corpusType) {
    long quarantined = line.path("quarantined").asLong(-1);
    long rows = line.path("rows").asLong(-1);
    if (quarantined != 0 || rows < size) {
      throw new IllegalArgumentException(
          "of %d recordings %d were quarantined and %d rows written; if FOLDER's files are not named as those of %s, say how by --corpus-type"
              .formatted(size, quarantined, rows, corpusType));
    }
  }

  private List<String> command(Path archive, int size, Path logs) {
    return List.of(
        Path.of(System.getProperty("ser.home"), "submit", "ser").toString(),
        "--master",
        "local-cluster[1,2,2048]",
        "--executor-memory",
        "2g",
        "--conf",
        "spark.executor.cores=2",
        "--driver-java-options",
        GcLog.options(logs, "driver"),
        "--conf",
        "spark.executor.extraJavaOptions=" + GcLog.options(logs, "executor"),
        "extract",
        "--input",
        archive.toString(),
        "--output",
        work.resolve("out-" + size).toString(),
        "--corpus",
        corpusType);
  }

  /** Driver's and executor's, once the process has ended. */
  private static List<ProcessMemory> watch(Process process, Path logs) {
    PeakMemory peaks = PeakMemory.of(process);
    return List.of(
        new ProcessMemory(GcLog.most(logs, "driver"), peaks.driverMb()),
        new ProcessMemory(GcLog.most(logs, "executor"), peaks.executorMb()));
  }

  private static void put(ObjectNode row, String name, Run run) {
    row.putObject(name)
        .put("seconds", Spread.rounded(run.seconds))
        .put("driver_heap_mb", Spread.rounded(run.driver.heapMb()))
        .put("driver_peak_mb", Spread.rounded(run.driver.peakMb()))
        .put("executor_heap_mb", Spread.rounded(run.executor.heapMb()))
        .put("executor_peak_mb", Spread.rounded(run.executor.peakMb()));
  }
}
