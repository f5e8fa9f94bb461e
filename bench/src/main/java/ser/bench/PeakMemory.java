package ser.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most memory that a Spark driver and its executors had, as Linux counts it.
 *
 * @param driverMb of the process itself, in MiB
 * @param executorMb of the largest process that it started, in MiB
 */
record PeakMemory(double driverMb, double executorMb) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Looks until the process ends: the kernel keeps the peak, so only the last look matters. */
  static PeakMemory of(Process process) {
    double driver = 0;
    double executor = 0;
    try {
      do {
        driver = Math.max(driver, mb(process.pid()).orElse(0.0));
        executor =
            Math.max(
                executor,
                process
                    .descendants()
                    .map(ProcessHandle::pid)
                    .map(PeakMemory::mb)
                    .mapToDouble(mb -> mb.orElse(0.0))
                    .max()
                    .orElse(0));
      } while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while watching process " + process.pid(), e);
    }
    return new PeakMemory(driver, executor);
  }

  /**
   * The most that a running process has had, in MiB.
   *
   * @throws IllegalStateException if it has ended
   */
  static double ofProcess(long pid) {
    return mb(pid)
        .orElseThrow(() -> new IllegalStateException("process %d has ended".formatted(pid)));
  }

  /** Empty of a process that has ended. */
  private static Optional<Double> mb(long pid) {
    try {
      Path status = Path.of("/proc/%d/status".formatted(pid));
      Matcher peak = HIGH_WATER.matcher(Files.readString(status, StandardCharsets.ISO_8859_1));
      return peak.find() ? Optional.of(Long.parseLong(peak.group(1)) / 1024.0) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
