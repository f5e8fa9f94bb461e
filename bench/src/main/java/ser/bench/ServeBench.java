package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.bench.load.Answers;
import ser.bench.load.ClientLoad;
import ser.bench.load.HostileLoad;
import ser.bench.load.ServerProcess;
import ser.bench.load.SpeechLike;

/**
 * {@code bench/serve}: {@code submit/ser serve} with clients that post short recordings, in turns
 * alone and with hostile clients beside them. The clients run on the same cores.
 */
@Command(
    name = "bench/serve",
    mixinStandardHelpOptions = true,
    description = {
      "Predictions a second, and their times, of 'ser serve' with clients that post 3 s each; then the",
      "same with hostile and slow clients beside them. The last line is JSON."
    })
final class ServeBench implements Callable<Integer> {
  private static final double CLIP_S = 3;

  @Option(
      names = "--model",
      description = "default: random weights of recipe mel-cnn4-gap, which are as fast")
  private Path model;

  @Option(names = "--clients", description = "at a time (default: ${DEFAULT-VALUE})")
  private int clients = 20;

  @Option(names = "--hostile", description = "clients beside (default: ${DEFAULT-VALUE})")
  private int hostile = 50;

  @Option(
      names = "--pause-ms",
      description =
          "what a hostile client that is not slow waits after an answer (default: ${DEFAULT-VALUE})")
  private int pauseMs = 50;

  @Option(names = "--seconds", description = "a round (default: ${DEFAULT-VALUE})")
  private int seconds = 20;

  @Option(names = "--warm-up", description = "seconds before them (default: ${DEFAULT-VALUE})")
  private int warmUp = 15;

  @Option(names = "--rounds", description = "of each kind, in turns (default: ${DEFAULT-VALUE})")
  private int rounds = 2;

  @Option(names = "--rate", description = "of the recordings, in Hz (default: ${DEFAULT-VALUE})")
  private int rateHz = 16_000;

  @Option(
      names = "--fixtures",
      description = "folder of recordings that hostile clients post as well, damaged further")
  private Path fixtures;

  @Option(names = "--work-dir", required = true, hidden = true)
  private Path work;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/serve", new ServeBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Stream.of(clients, hostile, seconds, warmUp, rounds).anyMatch(n -> n < 1) || pauseMs < 0) {
      throw new IllegalArgumentException("counts and seconds must be 1 or more");
    }
    List<byte[]> clips =
        IntStream.range(0, clients).mapToObj(i -> SpeechLike.wav(CLIP_S, rateHz, i)).toList();
    List<byte[]> bodies = hostileBodies();
    try (ServerProcess server = ServerProcess.start(command(), work.resolve("server.log"))) {
      ClientLoad load = new ClientLoad(server.address().resolve("/api/predict"), clips);
      requireSpeech(load.first());
      load.run(Duration.ofSeconds(warmUp));
      double cpu = ChildrenCpu.of(server.pid());
      List<Answers> alone = new ArrayList<>();
      List<Answers> beside = new ArrayList<>();
      Map<String, Long> told = new TreeMap<>();
      double cpuAlone = 0;
      for (int round = 1; round <= rounds; round++) {
        alone.add(load.run(Duration.ofSeconds(seconds)));
        say("round %d alone: %s".formatted(round, alone.get(round - 1)));
        cpuAlone += ChildrenCpu.of(server.pid()) - cpu;
        beside.add(withHostile(server.address(), load, bodies, told));
        say("round %d beside hostile clients: %s".formatted(round, beside.get(round - 1)));
        cpu = ChildrenCpu.of(server.pid());
      }
      if (!server.isAlive()) {
        throw new IllegalStateException("the server has ended; see " + work.resolve("server.log"));
      }
      print(Answers.joined(alone), Answers.joined(beside), told, cpuAlone, server.pid());
    }
    return 0;
  }

  private Answers withHostile(
      URI server, ClientLoad load, List<byte[]> bodies, Map<String, Long> told)
      throws IOException, InterruptedException {
    try (HostileLoad others = HostileLoad.start(server, bodies, hostile, pauseMs)) {
      Answers answers = load.run(Duration.ofSeconds(seconds));
      others.answers().forEach((answer, count) -> told.merge(answer, count, Long::sum));
      return answers;
    }
  }

  private List<String> command() throws IOException {
    Path file = model;
    if (file == null) {
      file = Files.write(work.resolve("model.safetensors"), RandomModel.of().toBytes());
    } else if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "the model file %s cannot be read; check --model, or leave it out".formatted(file));
    }
    return List.of(
        Path.of(System.getProperty("ser.home"), "submit", "ser").toString(),
        "serve",
        "--model",
        file.toString(),
        "--port",
        "0");
  }

  private List<byte[]> hostileBodies() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add(SpeechLike.wav(1, rateHz, -1));
    bodies.add(new byte[0]);
    bodies.add("<html>no sound</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    if (fixtures != null) {
      for (Path file : Recordings.under(fixtures, 0)) {
        bodies.add(Files.readAllBytes(file));
      }
    }
    return bodies;
  }

  /** Silence would be answered without the network, and measure nothing. */
  private static void requireSpeech(String answer) throws IOException {
    JsonNode result = new ObjectMapper().readTree(answer).path("results").path(0);
    if (!(result.path("speech_s").asDouble() > CLIP_S / 2)) {
      throw new IllegalStateException("the recording does not pass for speech: " + answer);
    }
  }

  private void print(
      Answers alone, Answers beside, Map<String, Long> told, double cpuS, long serverPid)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode line = mapper.createObjectNode();
    line.put("bench", "serve");
    line.put("ours", Spread.rounded(alone.predictionsPerSecond()));
    line.putNull("peer");
    line.putNull("ratio");
    line.put("unit", "predictions/s");
    put(line, alone);
    line.put("server_cpu_per_prediction_ms", Spread.rounded(1e3 * cpuS / alone.nanos().length));
    ObjectNode hostileLine = line.putObject("beside_hostile");
    hostileLine.put("ours", Spread.rounded(beside.predictionsPerSecond()));
    put(hostileLine, beside);
    hostileLine.put("p50_ratio", Spread.rounded(beside.quantileMs(0.5) / alone.quantileMs(0.5)));
    hostileLine.put("hostile_clients", hostile);
    hostileLine.put("pause_ms", pauseMs);
    hostileLine.set("hostile_answers", mapper.valueToTree(told));
    line.put("clients", clients);
    line.put("clip_s", CLIP_S);
    line.put("clip_rate_hz", rateHz);
    line.put("round_s", seconds);
    line.put("rounds", rounds);
    line.put("server_peak_mb", Math.round(PeakMemory.ofProcess(serverPid)));
    line.put("cores", Runtime.getRuntime().availableProcessors());
    line.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    System.out.println(line);
  }

  private static void put(ObjectNode line, Answers answers) {
    line.put("p50_ms", Spread.rounded(answers.quantileMs(0.5)));
    line.put("p99_ms", Spread.rounded(answers.quantileMs(0.99)));
    line.put("max_ms", Spread.rounded(answers.quantileMs(1)));
    line.set("other_answers", new ObjectMapper().valueToTree(answers.others()));
  }

  private static void say(String text) {
    System.err.println("bench/serve: " + text);
  }
}
