package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.bench.calls.CallArchive;
import ser.bench.calls.Voice;
import ser.features.augment.CompandingLaw;
import ser.model.corpus.Corpora;
import ser.model.corpus.CorpusNames;

/** {@code bench/archive}: calls whose emotions are known, out of labelled recordings. */
@Command(
    name = "bench/archive",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an archive of stereo calls, G.711 at 8 kHz, out of labelled recordings. Channel 0 is the",
      "customer, channel 1 the agent. The last line is JSON."
    })
final class ArchiveBench implements Callable<Integer> {
  private static final Pattern MINUTES =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(?:-(\\d+(?:\\.\\d+)?))?");

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "corpora; each call has two speakers of one")
  private List<Path> folders;

  @Option(names = "--out", required = true, description = "empty folder, or one that is not there")
  private Path out;

  @Option(
      names = "--corpus-type",
      split = ",",
      description = "how they are named (default: any convention that knows the name)")
  private List<String> corpusTypes = Corpora.names();

  @Option(names = "--calls", description = "how many (default: ${DEFAULT-VALUE})")
  private int calls = 10;

  @Option(
      names = "--minutes",
      description = "length of a call, a number or a range such as 2-8 (default: ${DEFAULT-VALUE})")
  private String minutes = "2-8";

  @Option(names = "--seed", description = "of all that is drawn (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--law", description = "mu_law or a_law (default: ${DEFAULT-VALUE})")
  private String law = CompandingLaw.MU_LAW.label();

  @Option(
      names = "--noise-dbfs",
      description = "of the line, dB of full scale (default: ${DEFAULT-VALUE})")
  private double noiseDbfs = -66;

  @Option(
      names = "--overlap",
      description = "share of turns that begin before the other's end (default: ${DEFAULT-VALUE})")
  private double overlap = 0.1;

  @Option(names = "--start-date", description = "of the first (default: ${DEFAULT-VALUE})")
  private LocalDate startDate = LocalDate.of(2026, 1, 5);

  @Option(names = "--calls-per-day", description = "default: ${DEFAULT-VALUE}")
  private int callsPerDay = 50;

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/archive", new ArchiveBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (calls < 1 || callsPerDay < 1) {
      throw new IllegalArgumentException("--calls and --calls-per-day must be 1 or more");
    }
    Matcher range = MINUTES.matcher(minutes);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "--minutes is '%s'; give a number or a range, such as 5 or 2-8".formatted(minutes));
    }
    double least = Double.parseDouble(range.group(1));
    CallArchive.Settings settings =
        new CallArchive.Settings(
            seed,
            least,
            range.group(2) == null ? least : Double.parseDouble(range.group(2)),
            CompandingLaw.ofLabel(law),
            noiseDbfs,
            overlap);
    CallArchive archive = new CallArchive(voices(), settings);
    requireEmpty();
    long start = System.nanoTime();
    CallArchive.Made made = archive.write(out, calls, startDate, callsPerDay);
    double wallS = (System.nanoTime() - start) / 1e9;
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "archive");
    line.put("calls", calls);
    line.put("audio_hours", Math.round(made.seconds() / 3.6) / 1000.0);
    line.put("bytes", made.bytes());
    line.put("wall_s", Spread.rounded(wallS));
    line.put("audio_s_per_wall_s", Spread.rounded(made.seconds() / wallS));
    System.out.println(line);
    return 0;
  }

  private List<Voice> voices() throws IOException {
    List<CorpusNames> corpora = corpusTypes.stream().map(Corpora::named).toList();
    List<Voice> voices = new ArrayList<>();
    for (Path folder : folders) {
      voices.addAll(Voice.of(folder, Recordings.under(folder, 0), corpora));
    }
    return voices;
  }

  private void requireEmpty() throws IOException {
    if (Files.isDirectory(out)) {
      try (Stream<Path> inside = Files.list(out)) {
        if (inside.findAny().isPresent()) {
          throw new IllegalArgumentException(
              "%s is not empty; calls of another run would be mixed with these: give another --out"
                  .formatted(out));
        }
      }
    }
  }
}
