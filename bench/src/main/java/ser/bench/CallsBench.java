package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.bench.calls.CallAccuracy;
import ser.bench.calls.CallAccuracy.Labelled;
import ser.bench.calls.CallAccuracy.Tally;
import ser.bench.calls.Truth;
import ser.model.Emotion;

/**
 * {@code bench/calls}: the windows of a score run beside what was said. Started by the script of
 * that name, which has Spark write the windows as lines of JSON, call by call.
 */
@Command(
    name = "bench/calls",
    mixinStandardHelpOptions = true,
    description = "Share of the calls' speech that is labelled correctly. The last line is JSON.")
final class CallsBench implements Callable<Integer> {
  @Parameters(paramLabel = "ARCHIVE", description = "a folder with truth.csv, of bench/archive")
  private Path archive;

  @Option(names = "--windows", required = true, hidden = true)
  private Path windows;

  @Option(names = "--channel", description = "of the customer (default: ${DEFAULT-VALUE})")
  private int channel;

  private final ObjectMapper json = new ObjectMapper();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/calls", new CallsBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path file = archive.resolve("truth.csv");
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "%s cannot be read; name an archive that bench/archive made".formatted(file));
    }
    Truth truth = Truth.read(file, channel);
    CallAccuracy accuracy = new CallAccuracy();
    Set<String> missing = new TreeSet<>(truth.speech().keySet());
    try (BufferedReader lines = Files.newBufferedReader(windows)) {
      String call = "";
      List<Labelled> ofCall = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode window = json.readTree(line);
        String next = callOf(window.path("recording").asText());
        if (!next.equals(call)) {
          add(accuracy, truth, call, ofCall, missing);
          call = next;
          ofCall.clear();
        }
        ofCall.add(
            new Labelled(
                window.path("start_s").asDouble(),
                window.path("end_s").asDouble(),
                Optional.ofNullable(window.get("emotion")).map(e -> Emotion.ofLabel(e.asText()))));
      }
      add(accuracy, truth, call, ofCall, missing);
    }
    int calls = truth.speech().size() - missing.size();
    if (calls == 0) {
      throw new IllegalArgumentException(
          "no call of %s has windows on channel %d; was it this archive that was scored?"
              .formatted(archive, channel));
    }
    missing.forEach(call -> accuracy.add(truth.speech().get(call), List.of()));
    System.out.println(report(accuracy, calls, missing.size()));
    return 0;
  }

  private static void add(
      CallAccuracy accuracy,
      Truth truth,
      String call,
      List<Labelled> windows,
      Set<String> missing) {
    if (!windows.isEmpty() && truth.speech().containsKey(call)) {
      if (!missing.remove(call)) {
        throw new IllegalArgumentException(
            "two recordings are called %s; score the archive alone".formatted(call));
      }
      accuracy.add(truth.speech().get(call), windows);
    }
  }

  /** {@code call-000007} of {@code date=2026-01-05/call-000007.wav}. */
  private static String callOf(String recording) {
    String name = recording.substring(recording.lastIndexOf('/') + 1);
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private ObjectNode report(CallAccuracy accuracy, int calls, int missing) {
    Tally all = accuracy.all();
    System.out.printf(
        Locale.ROOT, "%-10s %10s %9s %11s%n", "emotion", "speech s", "correct", "unlabelled");
    accuracy.byEmotion().forEach((emotion, tally) -> print(emotion.label(), tally));
    print("all", all);
    ObjectNode line = json.createObjectNode();
    line.put("bench", "calls");
    line.put("ours", thousandths(all.share()));
    line.put("unit", "share of the customers' speech time labelled correctly");
    line.put("unweighted", thousandths(accuracy.unweightedShare()));
    line.put("speech_s", Spread.rounded(all.speechS()));
    line.put("unlabelled_s", Spread.rounded(all.unlabelledS()));
    line.put("calls", calls);
    line.put("calls_without_windows", missing);
    ObjectNode shares = line.putObject("by_emotion");
    accuracy
        .byEmotion()
        .forEach((emotion, tally) -> shares.put(emotion.label(), thousandths(tally.share())));
    return line;
  }

  private static void print(String name, Tally tally) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %10.1f %8.1f%% %10.1f%%%n",
        name,
        tally.speechS(),
        100 * tally.share(),
        100 * tally.unlabelledS() / tally.speechS());
  }

  private static double thousandths(double share) {
    return Math.round(share * 1000) / 1000.0;
  }
}
