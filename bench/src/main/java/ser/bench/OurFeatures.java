package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.features.FeatureExtractor;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.FeatureSpec;

/**
 * Our side of {@code bench/features}: the full standard feature set over a folder on one thread,
 * the file system included. Prints one JSON line with the peer's field names.
 *
 * <p>{@code cpu_s} is that of the whole process, compiler and collector threads included. Start and
 * compilation are left out as the peer leaves out its own: whole passes over the files are made
 * until they have taken {@code --warm-up} seconds of CPU, then whole passes are measured for at
 * least {@code --measure} seconds of CPU. {@code _with_start} is from the start of the JVM to the
 * end of the first pass, which nothing has warmed up.
 */
@Command(name = "our-features", mixinStandardHelpOptions = true)
final class OurFeatures implements Callable<Integer> {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Parameters(paramLabel = "FOLDER", description = "searched for .wav and .flac")
  private Path folder;

  @Option(names = "--rate", description = "resample to this rate in Hz; 0 keeps the native rate")
  private int rateHz;

  @Option(names = "--limit", description = "only the first N files; 0 for all")
  private int limit;

  @Option(names = "--warm-up", description = "CPU seconds (default: ${DEFAULT-VALUE})")
  private double warmUpS = 10;

  @Option(names = "--measure", description = "CPU seconds (default: ${DEFAULT-VALUE})")
  private double measureS = 2;

  private final ClipReader reader = new ClipReader(ClipLimits.NONE);
  private FeatureExtractor extractor;
  private int failed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new OurFeatures()).execute(args));
  }

  /** What one or several passes took, in seconds. */
  private record Cost(double audioS, double wallS, double processCpuS, double threadCpuS) {
    Cost plus(Cost other) {
      return new Cost(
          audioS + other.audioS,
          wallS + other.wallS,
          processCpuS + other.processCpuS,
          threadCpuS + other.threadCpuS);
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Path> files = Recordings.under(folder, limit);
    FeatureSpec standard = FeatureSpec.librosa();
    extractor =
        new FeatureExtractor(
            new FeatureSpec(
                rateHz,
                standard.frames(),
                standard.mel(),
                standard.mfccCoefficients(),
                standard.features()));
    Cost warmUp = pass(files);
    double startWallS = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    double startCpuS = SYSTEM.getProcessCpuTime() / 1e9;
    double audioOfOnePassS = warmUp.audioS;
    while (warmUp.threadCpuS < warmUpS) {
      warmUp = warmUp.plus(pass(files));
    }
    failed = 0;
    Cost cost = pass(files);
    int failedInOnePass = failed;
    while (cost.threadCpuS < measureS) {
      cost = cost.plus(pass(files));
    }
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("tool", "ser");
    line.put("files", files.size());
    line.put("failed", failedInOnePass);
    line.put("rate", rateHz == 0 ? "native" : Integer.toString(rateHz));
    line.put("audio_s", cost.audioS);
    line.put("wall_s", cost.wallS);
    line.put("cpu_s", cost.processCpuS);
    line.put("thread_cpu_s", cost.threadCpuS);
    line.put("audio_s_per_wall_s", cost.audioS / cost.wallS);
    line.put("audio_s_per_cpu_s", cost.audioS / cost.processCpuS);
    line.put("audio_s_per_thread_cpu_s", cost.audioS / cost.threadCpuS);
    line.put("wall_s_with_start", startWallS);
    line.put("cpu_s_with_start", startCpuS);
    line.put("audio_s_with_start", audioOfOnePassS);
    System.out.println(line);
    return 0;
  }

  private Cost pass(List<Path> files) throws IOException {
    long wall = System.nanoTime();
    long process = SYSTEM.getProcessCpuTime();
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double audioS = 0;
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        audioS += extractor.extract(reader.read(in).clip()).durationS();
      } catch (UnreadableAudioException e) {
        // As the peer: a broken file is named and counted, and stops nothing.
        System.err.printf("%s: %s%n", file, e.getMessage());
        failed++;
      }
    }
    return new Cost(
        audioS,
        (System.nanoTime() - wall) / 1e9,
        (SYSTEM.getProcessCpuTime() - process) / 1e9,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread) / 1e9);
  }
}
