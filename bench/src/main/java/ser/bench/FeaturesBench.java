package ser.bench;

import static java.lang.ProcessBuilder.Redirect.INHERIT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bench/features}: our feature extraction beside librosa's on the same files, each on one
 * thread of the same core, turn by turn.
 *
 * <p>The figure is seconds of audio per second of CPU, decoding and resampling included, start and
 * compilation left out on both sides ({@link OurFeatures} says how). Of ours the CPU time is that
 * of the whole process. No JVM options are set: on one core the JVM itself takes the serial
 * collector, as in a container of one core.
 */
@Command(
    name = "bench/features",
    mixinStandardHelpOptions = true,
    description = "Features: ours beside librosa's, in one run. The last line is JSON.")
final class FeaturesBench implements Callable<Integer> {
  private static final String FIGURE = "audio_s_per_cpu_s";

  @Parameters(paramLabel = "FOLDER", description = "recordings: searched for .wav and .flac")
  private Path folder;

  @Option(names = "--rate", description = "resample to this rate in Hz; 0 keeps the native rate")
  private int rateHz;

  @Option(names = "--limit", description = "only the first N files; 0 for all")
  private int limit;

  @Option(names = "--rounds", description = "of each side (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--core", description = "the core that both run on (default: ${DEFAULT-VALUE})")
  private int core;

  @Option(
      names = "--peer",
      description = "peer_features.py; default: $PEER_FEATURES, then ../shared/bench")
  private Path peerScript;

  private final Measurement measurement = new Measurement();
  private Cores bound;
  private final List<JsonNode> ours = new ArrayList<>();
  private final List<JsonNode> peers = new ArrayList<>();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/features", new FeaturesBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds is %d; give 1 or more".formatted(rounds));
    }
    PeerFeatures peer = PeerFeatures.find(peerScript);
    Recordings.under(folder, limit);
    bound = Cores.of("bench/features", "" + core);
    List<String> arguments =
        List.of(folder.toString(), "--rate", "" + rateHz, "--limit", "" + limit);
    System.out.println("round  audio-seconds per CPU-second (per wall second): librosa, ours");
    for (int round = 1; round <= rounds; round++) {
      JsonNode theirs = measurement.run(bound.command(peer.command(arguments)), INHERIT);
      JsonNode mine = measurement.run(bound.command(ourCommand(arguments)), INHERIT);
      requireSameFiles(theirs, mine);
      peers.add(theirs);
      ours.add(mine);
      System.out.printf(
          Locale.ROOT,
          "%5d  %8.0f (%.0f)  %8.0f (%.0f)%n",
          round,
          figure(theirs, FIGURE),
          figure(theirs, "audio_s_per_wall_s"),
          figure(mine, FIGURE),
          figure(mine, "audio_s_per_wall_s"));
    }
    System.out.println("median and range, audio-seconds per second:");
    row("CPU", FIGURE);
    row("wall", "audio_s_per_wall_s");
    System.out.printf(
        "%-22s librosa %s, ours %s%n", "CPU, with start", withStart(peers), withStart(ours));
    System.out.printf(
        "%-22s ours %s%n", "CPU of the thread only", spread(ours, "audio_s_per_thread_cpu_s"));
    System.out.println(summary());
    return 0;
  }

  private List<String> ourCommand(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                BenchCommand.java(),
                "-cp",
                System.getProperty("java.class.path"),
                OurFeatures.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static void requireSameFiles(JsonNode theirs, JsonNode mine) {
    for (String name : List.of("files", "failed")) {
      if (theirs.path(name).asInt() != mine.path(name).asInt()) {
        throw new IllegalStateException(
            "librosa has %s %s, we have %s: not the same work"
                .formatted(theirs.path(name), name, mine.path(name)));
      }
    }
  }

  private void row(String label, String name) {
    System.out.printf(
        "%-22s librosa %s, ours %s%n", label, spread(peers, name), spread(ours, name));
  }

  private ObjectNode summary() {
    Spread mine = spread(ours, FIGURE);
    Spread theirs = spread(peers, FIGURE);
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "features");
    line.put("ours", Spread.rounded(mine.median()));
    line.put("peer", Spread.rounded(theirs.median()));
    line.put("ratio", Spread.rounded(mine.median() / theirs.median()));
    line.put("unit", "audio-seconds per CPU-second");
    line.put("folder", folder.toString());
    line.put("rate", rateHz == 0 ? "native" : Integer.toString(rateHz));
    line.put("files", ours.get(0).path("files").asInt());
    line.put("rounds", rounds);
    line.put("bound", bound.bound());
    line.putArray("ours_range").add(Spread.rounded(mine.least())).add(Spread.rounded(mine.most()));
    line.putArray("peer_range")
        .add(Spread.rounded(theirs.least()))
        .add(Spread.rounded(theirs.most()));
    line.put("ours_with_start", Spread.rounded(withStart(ours).median()));
    line.put("peer_with_start", Spread.rounded(withStart(peers).median()));
    line.put("peer_tool", peers.get(0).path("tool").asText());
    return line;
  }

  private static double figure(JsonNode line, String name) {
    JsonNode value = line.path(name);
    if (!value.isNumber()) {
      throw new IllegalStateException("no number %s in %s".formatted(name, line));
    }
    return value.asDouble();
  }

  private static Spread spread(List<JsonNode> lines, String name) {
    return Spread.of(lines.stream().map(line -> figure(line, name)).toList());
  }

  // One pass over the files each, from the start of the process.
  private static Spread withStart(List<JsonNode> lines) {
    return Spread.of(
        lines.stream()
            .map(
                line ->
                    figure(line, line.has("audio_s_with_start") ? "audio_s_with_start" : "audio_s")
                        / figure(line, "cpu_s_with_start"))
            .toList());
  }
}
