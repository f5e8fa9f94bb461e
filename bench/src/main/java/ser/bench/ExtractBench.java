package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.bench.process.ChildProcess;

/**
 * {@code bench/extract}: {@code submit/ser extract} from S3 to Parquet on S3 beside two processes
 * of librosa and pyarrow that do the same, turn by turn on the same two cores. Both from the start
 * of the process to its end: what a user waits for.
 *
 * <p>The S3 endpoint runs on the same machine, wherever the scheduler puts it; its CPU time is
 * shown, and is part of neither side.
 */
@Command(
    name = "bench/extract",
    mixinStandardHelpOptions = true,
    description = "Extraction on Spark beside librosa and pyarrow. The last line is JSON.")
final class ExtractBench implements Callable<Integer> {
  private static final int RATE_HZ = 22_050;

  /** Of each file: what a window lasts. */
  private static final int SECONDS = 3;

  private static final String RECORDINGS = "recordings";
  private static final String FIRST = "first";
  private static final int FIRST_FILES = 8;

  /** Where the peer puts what it fetches and makes. */
  private static final String PEER = "peer";

  @Parameters(paramLabel = "FOLDER", description = "a corpus that pieces are cut from")
  private Path corpus;

  @Option(names = "--corpus-type", description = "how it is named (default: ${DEFAULT-VALUE})")
  private String corpusType = "ravdess";

  @Option(names = "--hours", description = "of audio, in files of 3 s (default: ${DEFAULT-VALUE})")
  private double hours = 10;

  @Option(names = "--rounds", description = "of each side (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--cores", description = "of both, for taskset (default: ${DEFAULT-VALUE})")
  private String cores = "0,1";

  @Option(
      names = "--latency-ms",
      description = "that each request waits, as if the store were far away (default: none)")
  private int latencyMs;

  @Option(
      names = "--peer",
      description = "peer_features.py; default: $PEER_FEATURES, then ../shared/bench")
  private Path peerScript;

  @Option(names = "--work-dir", required = true, hidden = true)
  private Path work;

  @Option(names = "--port", required = true, hidden = true)
  private int port;

  @Option(names = "--endpoint-pid", required = true, hidden = true)
  private long endpointPid;

  @Option(names = "--hadoop-class-path", required = true, hidden = true)
  private String hadoopClassPath;

  private final Measurement measurement = new Measurement();
  private Cores bound;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/extract", new ExtractBench()).execute(args));
  }

  /** One side of one round, in seconds. */
  private record Round(double audioS, double wallS, double cpuS) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || !(hours > 0) || latencyMs < 0) {
      throw new IllegalArgumentException(
          "--rounds and --hours must be above 0, --latency-ms not below");
    }
    PeerFeatures peer = PeerFeatures.find(peerScript);
    bound = Cores.of("bench/extract", cores);
    Path recordings = work.resolve(RECORDINGS);
    int files = (int) Math.ceil(hours * 3600 / SECONDS);
    System.err.printf("bench/extract: cutting %d files%n", files);
    new Pieces(SECONDS).cut(corpus, recordings, files);
    Path first = work.resolve(FIRST);
    new Pieces(SECONDS).cut(corpus, first, FIRST_FILES);
    System.err.println("bench/extract: uploading them");
    upload(recordings);
    upload(first);
    // The first run after a build puts down the classes for all others, which takes it twice as
    // long; from S3, so that those of its client are among them. Python keeps its compiled modules
    // as well, and its libraries then stand in the file system's cache as ours do.
    measure(ourCommand(port, FIRST, "extract-first"), "audio_seconds", 0);
    measure(peerCommand(peer, port, FIRST, "peer-first"), "audio_s", 0);
    if (latencyMs == 0) {
      run(peer, files, port);
      return 0;
    }
    try (DelayedEndpoint delayed = new DelayedEndpoint(port, Duration.ofMillis(latencyMs))) {
      run(peer, files, delayed.port());
    }
    return 0;
  }

  private void run(PeerFeatures peer, int files, int endpoint)
      throws IOException, InterruptedException {
    List<Round> ours = new ArrayList<>();
    List<Round> peers = new ArrayList<>();
    List<Double> endpointCpuS = new ArrayList<>();
    System.out.println("round  wall s (CPU s): librosa, ours; CPU s of the S3 endpoint");
    for (int round = 1; round <= rounds; round++) {
      Round theirs =
          measure(peerCommand(peer, endpoint, RECORDINGS, "peer-" + round), "audio_s", round);
      double before = ChildrenCpu.of(endpointPid);
      Round mine =
          measure(ourCommand(endpoint, RECORDINGS, "extract-" + round), "audio_seconds", round);
      endpointCpuS.add(ChildrenCpu.of(endpointPid) - before);
      requireSameWork(theirs, mine);
      peers.add(theirs);
      ours.add(mine);
      System.out.printf(
          Locale.ROOT,
          "%5d  %.1f (%.1f)  %.1f (%.1f)  %.1f%n",
          round,
          theirs.wallS,
          theirs.cpuS,
          mine.wallS,
          mine.cpuS,
          endpointCpuS.get(round - 1));
    }
    System.out.println(summary(files, ours, peers, endpointCpuS));
  }

  private void upload(Path recordings) throws IOException, InterruptedException {
    List<String> put =
        List.of(
            BenchCommand.java(),
            "-cp",
            hadoopClassPath,
            "org.apache.hadoop.fs.FsShell",
            "-put",
            "-d",
            "-t",
            "8",
            recordings.toUri().toString(),
            "s3a://ser/");
    Path log = work.resolve("upload.log");
    ProcessBuilder upload =
        new ProcessBuilder(put).redirectErrorStream(true).redirectOutput(log.toFile());
    try (ChildProcess child = ChildProcess.start(upload)) {
      if (child.process().waitFor() != 0) {
        throw new ProgramFailure("uploading failed; see " + log);
      }
    }
  }

  /** From the same objects to the same storage as ours: a Python job has them fetched first. */
  private List<String> peerCommand(PeerFeatures peer, int endpoint, String input, String output) {
    return List.of(
        peer.python(),
        Path.of(System.getProperty("ser.home"), "bench", "peer_s3.py").toString(),
        peer.script().toString(),
        "127.0.0.1:" + endpoint,
        "ser/" + input,
        "ser/" + output,
        work.resolve(PEER).toString(),
        "--rate",
        "" + RATE_HZ,
        "--processes",
        "2");
  }

  private List<String> ourCommand(int endpoint, String input, String output) {
    return List.of(
        Path.of(System.getProperty("ser.home"), "submit", "ser").toString(),
        "--master",
        "local[2]",
        "--conf",
        "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + endpoint,
        "--conf",
        "spark.hadoop.fs.s3a.path.style.access=true",
        "--conf",
        "spark.hadoop.fs.s3a.connection.ssl.enabled=false",
        "extract",
        "--input",
        "s3a://ser/" + input,
        "--output",
        "s3a://ser/" + output,
        "--corpus",
        corpusType);
  }

  private Round measure(List<String> command, String audioField, int round)
      throws IOException, InterruptedException {
    double cpu = ChildrenCpu.ended();
    long wall = System.nanoTime();
    Path log = work.resolve("round-%d-%s.log".formatted(round, audioField));
    JsonNode line =
        measurement.run(bound.command(command), ProcessBuilder.Redirect.to(log.toFile()));
    Round done =
        new Round(
            line.path(audioField).asDouble(),
            (System.nanoTime() - wall) / 1e9,
            ChildrenCpu.ended() - cpu);
    removePeers();
    return done;
  }

  /** Thousands of files, which are no part of the work: after the clock has stopped. */
  private void removePeers() throws IOException {
    Path folder = work.resolve(PEER);
    if (Files.exists(folder)) {
      Folders.remove(folder);
    }
  }

  private static void requireSameWork(Round theirs, Round mine) {
    if (Math.abs(theirs.audioS - mine.audioS) > 1e-3 * theirs.audioS) {
      throw new IllegalStateException(
          "librosa read %s s of audio, we %s s: not the same work"
              .formatted(theirs.audioS, mine.audioS));
    }
  }

  private ObjectNode summary(
      int files, List<Round> ours, List<Round> peers, List<Double> endpointCpuS) {
    Spread mine = Spread.of(ours.stream().map(r -> r.audioS / r.wallS).toList());
    Spread theirs = Spread.of(peers.stream().map(r -> r.audioS / r.wallS).toList());
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "extract");
    line.put("ours", Spread.rounded(mine.median()));
    line.put("peer", Spread.rounded(theirs.median()));
    line.put("ratio", Spread.rounded(mine.median() / theirs.median()));
    line.put("unit", "audio-seconds per second, two cores, start included");
    line.put("hours", hours);
    line.put("files", files);
    line.put("rounds", rounds);
    line.put("latency_ms", latencyMs);
    line.put("bound", bound.bound());
    line.putArray("ours_range").add(Spread.rounded(mine.least())).add(Spread.rounded(mine.most()));
    line.putArray("peer_range")
        .add(Spread.rounded(theirs.least()))
        .add(Spread.rounded(theirs.most()));
    put(line, "ours", ours);
    put(line, "peer", peers);
    line.put("s3_endpoint_cpu_s", Spread.rounded(Spread.of(endpointCpuS).median()));
    return line;
  }

  private static void put(ObjectNode line, String side, List<Round> done) {
    line.put(
        side + "_wall_s",
        Spread.rounded(Spread.of(done.stream().map(Round::wallS).toList()).median()));
    line.put(
        side + "_cpu_s",
        Spread.rounded(Spread.of(done.stream().map(Round::cpuS).toList()).median()));
  }
}
