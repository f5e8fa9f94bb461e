package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
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
import picocli.CommandLine.Parameters;

/**
 * {@code bench/score}: {@code submit/ser score} beside librosa with PyTorch, in both of its memory
 * layouts, and with ONNX Runtime, turn by turn on the same cores and files. All from the start of
 * the process to its end: what a user waits for.
 */
@Command(
    name = "bench/score",
    mixinStandardHelpOptions = true,
    description = {
      "Scores the customer's channel of an archive of calls in windows of 3 s every 1.5 s: ours beside",
      "librosa with PyTorch and with ONNX Runtime. Ours once with the network run on every window, as",
      "the peers do, and once as it is shipped, without pauses. The last line is JSON."
    })
final class ScoreBench implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String SHIPPED = "ours, no pauses";

  /** Every window counts as speech: what the peers, which have no speech detector, score. */
  private static final List<String> EVERY_WINDOW =
      List.of(
          "--set",
          "ser.score.speech-above-dbfs=-300",
          "--set",
          "ser.score.speech-crossings-per-s=0,1000000",
          "--set",
          "ser.score.speech-min-s=0");

  @Parameters(paramLabel = "ARCHIVE", description = "recordings, such as bench/archive makes")
  private Path archive;

  @Option(
      names = "--model",
      description = "default: random weights of recipe mel-cnn4-gap, which are as fast")
  private Path model;

  @Option(names = "--rounds", description = "of each side (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--cores", description = "of all, for taskset (default: ${DEFAULT-VALUE})")
  private String cores = "0,1";

  @Option(
      names = "--workers",
      description = "tasks of ours and processes of the peers' (default: ${DEFAULT-VALUE})")
  private int workers = 2;

  @Option(
      names = "--peer-batches",
      split = ",",
      description = "windows that the peers score at once (default: 32,128)")
  private List<Integer> peerBatches = List.of(32, 128);

  @Option(
      names = "--peer",
      description = "peer_score.py; default: $PEER_SCORE, then ../shared/bench")
  private Path peerScript;

  @Option(
      names = "--jemalloc",
      description = "library that PyTorch's side is run with, instead of our settings of malloc")
  private Path jemalloc;

  @Option(names = "--engine", description = "of ours, dl4j or onnx (default: ${DEFAULT-VALUE})")
  private String engine = "dl4j";

  @Option(names = "--work-dir", required = true, hidden = true)
  private Path work;

  private final Measurement measurement = new Measurement();
  private Cores bound;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/score", new ScoreBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || workers < 1 || peerBatches.isEmpty()) {
      throw new IllegalArgumentException("--rounds and --workers must be 1 or more");
    }
    List<Path> recordings = Recordings.under(archive, 0);
    ScorePeer.requireWorkForAll(recordings.size(), workers);
    ScorePeer peer = ScorePeer.find(peerScript, jemalloc, work, workers);
    bound = Cores.of("bench/score", cores);
    Path file = model();
    peer.exportOnnx();

    Map<String, List<String>> peers = peer.commands(archive, peerBatches);
    // The first run after a build puts down the classes for all others, which takes it twice as
    // long.
    List<String> first = scoring(file, recordings.get(0), work.resolve("first"), List.of());
    measurement.run(
        bound.command(first), ProcessBuilder.Redirect.to(work.resolve("first.log").toFile()));

    Map<String, List<ScoreRound>> done = new LinkedHashMap<>();
    List<Double> alone = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      alone.add(stagesAlone(file));
      ScoreRound mine = ours(OURS, file, EVERY_WINDOW, round);
      add(done, OURS, mine);
      add(done, SHIPPED, ours(SHIPPED, file, List.of(), round));
      for (Map.Entry<String, List<String>> side : peers.entrySet()) {
        ScoreRound theirs = measure(side.getKey(), side.getValue(), "audio_s", "wall_s", round);
        theirs.requireSameWorkAs(mine);
        add(done, side.getKey(), theirs);
      }
    }
    System.out.println(
        new ScoreSummary(done, OURS, SHIPPED, workers)
            .line(recordings.size(), alone)
            .put("bound", bound.bound()));
    return 0;
  }

  private static void add(Map<String, List<ScoreRound>> done, String side, ScoreRound round) {
    done.computeIfAbsent(side, name -> new ArrayList<>()).add(round);
  }

  private Path model() throws IOException {
    if (model != null) {
      if (!Files.isReadable(model)) {
        throw new IllegalArgumentException(
            "the model file %s cannot be read; check --model, or leave it out".formatted(model));
      }
      return model;
    }
    return Files.write(work.resolve("model.safetensors"), RandomModel.of().toBytes());
  }

  private ScoreRound ours(String side, Path file, List<String> speech, int round)
      throws IOException, InterruptedException {
    Path output = work.resolve("scored-%d-%s".formatted(round, slug(side)));
    List<String> command = scoring(file, archive, output, speech);
    return measure(side, command, "audio_seconds", "seconds", round);
  }

  private List<String> scoring(Path file, Path input, Path output, List<String> speech) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("ser.home"), "submit", "ser").toString(),
                "--master",
                "local[%d]".formatted(workers),
                "score",
                "--model",
                file.toString(),
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--set",
                "ser.score.engine=" + engine,
                "--set",
                "ser.score.customer-channel=0",
                "--set",
                "ser.score.window-s=3",
                "--set",
                "ser.score.hop-s=1.5",
                // truth.csv and calls.csv are no recordings; that all others are scored, the
                // audio's length shows.
                "--set",
                "ser.score.max-failed-share=1"));
    command.addAll(speech);
    return command;
  }

  /** Audio-seconds per second of decoding, features and network without a job around them. */
  private double stagesAlone(Path file) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env", "OMP_NUM_THREADS=1"));
    command.addAll(TrainBench.MALLOC);
    command.addAll(
        List.of(
            Path.of(System.getProperty("ser.home"), "bench", "java").toString(),
            ScoreStages.class.getName(),
            archive.toString(),
            "--model",
            file.toString(),
            "--engine",
            engine,
            "--workers",
            Integer.toString(workers)));
    JsonNode line = measurement.run(bound.command(command), ProcessBuilder.Redirect.DISCARD);
    System.err.printf(
        Locale.ROOT,
        "bench/score: stages alone: decoding %.1f s, features %.1f s, network %.1f s for %.0f s of audio%n",
        line.path("decode_s").asDouble(),
        line.path("features_s").asDouble(),
        line.path("network_s").asDouble(),
        line.path("audio_s").asDouble());
    return line.path("audio_s").asDouble() / line.path("wall_s").asDouble();
  }

  private ScoreRound measure(
      String side, List<String> command, String audioField, String workField, int round)
      throws IOException, InterruptedException {
    Path log = work.resolve("round-%d-%s.log".formatted(round, slug(side)));
    double cpu = ChildrenCpu.ended();
    long wall = System.nanoTime();
    JsonNode line;
    try {
      line = measurement.run(bound.command(command), ProcessBuilder.Redirect.to(log.toFile()));
    } catch (ProgramFailure e) {
      throw new ProgramFailure(e.getMessage() + "; see " + log);
    }
    ScoreRound done =
        new ScoreRound(
            line.path(audioField).asDouble(),
            (System.nanoTime() - wall) / 1e9,
            ChildrenCpu.ended() - cpu,
            line.path(workField).asDouble());
    System.err.printf(
        Locale.ROOT,
        "bench/score: round %d, %s: %.1f s of wall, %.1f s of CPU%n",
        round,
        side,
        done.wallS(),
        done.cpuS());
    return done;
  }

  private static String slug(String side) {
    return side.replaceAll("[ ,]+", "-");
  }
}
