package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's GPU scheduling with our discovery script, on executors in processes of their own and with
 * an nvidia-smi that only says what it is told: what a GPU does cannot be tested here.
 */
class GpuExecutorsIT {
  @TempDir private Path folder;

  @Test
  void givenTwoGpusThatTheBackendCannotUse_whenTrained_thenTheLineNamesTheirCapability()
      throws IOException {
    SerProcess run = train("NVIDIA H100 80GB HBM3, 9.0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(lastLineOf(run))
        .startsWith("ser: Cannot use GPU 0 on ")
        .contains("NVIDIA H100 80GB HBM3, compute capability 9.0")
        .contains("3.7 to 8.6 and 8.9, not for 9.0");
  }

  @Test
  void givenTwoUsableGpus_whenTwoTasksRun_thenEachHasItsOwnAndTheCpuBuildIsRefused()
      throws IOException {
    SerProcess run = train("NVIDIA A10, 8.6");

    assertThat(run.stderr())
        .as("what the check at the start logs of each task")
        .containsPattern("GPU 0 on \\S+ \\(NVIDIA A10, compute capability 8.6\\)")
        .containsPattern("GPU 1 on \\S+ \\(NVIDIA A10, compute capability 8.6\\)");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(lastLineOf(run)).contains("no CUDA backend").contains("mvn -P cuda");
  }

  /** One executor with two GPUs and two task slots. */
  private SerProcess train(String gpu) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path smi = bin.resolve("nvidia-smi");
    Files.writeString(
        smi,
        """
        #!/bin/sh
        case "$1" in
          --query-gpu=index) printf '0\\n1\\n' ;;
          --query-gpu=index,uuid,name,compute_cap)
            printf '0, GPU-aaaa, %s\\n1, GPU-bbbb, %s\\n' ;;
          *) echo "no such query: $1"; exit 2 ;;
        esac
        """
            .formatted(gpu, gpu));
    Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));
    return SerProcess.in(folder)
        .environment(Map.of("PATH", bin + ":" + System.getenv("PATH")))
        .options(
            List.of(
                "--master",
                "local-cluster[1,2,1024]",
                "--conf",
                "spark.executor.cores=2",
                "--conf",
                "spark.worker.resource.gpu.amount=2",
                "--conf",
                "spark.worker.resource.gpu.discoveryScript="
                    + Home.HOME.resolve("conf/spark/gpu-discovery.sh"),
                "--conf",
                "spark.executor.resource.gpu.amount=2",
                "--conf",
                "spark.task.resource.gpu.amount=1"))
        .run("train", "--features", "none", "--output", folder.resolve("out").toString());
  }

  private static String lastLineOf(SerProcess run) {
    List<String> lines = run.stderr().lines().filter(line -> line.startsWith("ser: ")).toList();
    assertThat(lines).as(run.stderr()).isNotEmpty();
    return lines.get(lines.size() - 1);
  }
}
