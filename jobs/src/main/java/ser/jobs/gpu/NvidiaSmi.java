package ser.jobs.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The GPUs of this machine, as the driver's own program lists them. */
final class NvidiaSmi {
  private static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=index,uuid,name,compute_cap", "--format=csv,noheader");
  private static final long LIMIT_S = 60;
  private static final int COLUMNS = 4;

  private NvidiaSmi() {}

  /**
   * A GPU.
   *
   * @param name as the vendor calls it
   */
  record Gpu(String name, ComputeCapability capability) {}

  /**
   * GPUs by what Spark may call them: each by its index and by its UUID.
   *
   * @throws IOException if the program cannot be run, fails, or says something else
   */
  static Map<String, Gpu> list() throws IOException {
    Process process = new ProcessBuilder(COMMAND).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      // At most some lines: it cannot fill a pipe while nobody reads.
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        throw new IOException("nvidia-smi is not done after %d s".formatted(LIMIT_S));
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException(
            "nvidia-smi ended with %d: %s"
                .formatted(process.exitValue(), output.replaceAll("\\s*\\R\\s*", " ")));
      }
      return parse(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while nvidia-smi ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * @param output a line per GPU: {@code 0, GPU-5f2c, NVIDIA A10, 8.6}
   */
  static Map<String, Gpu> parse(String output) throws IOException {
    Map<String, Gpu> gpus = new TreeMap<>();
    for (String line : output.lines().filter(text -> !text.isBlank()).toList()) {
      List<String> cells = new ArrayList<>();
      for (String cell : line.split(",")) {
        cells.add(cell.strip());
      }
      if (cells.size() != COLUMNS) {
        throw new IOException("nvidia-smi says '%s'".formatted(line.strip()));
      }
      try {
        Gpu gpu = new Gpu(cells.get(2), ComputeCapability.parse(cells.get(3)));
        gpus.put(cells.get(0), gpu);
        gpus.put(cells.get(1), gpu);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "nvidia-smi says '%s' (%s)".formatted(line.strip(), e.getMessage()), e);
      }
    }
    return gpus;
  }
}
