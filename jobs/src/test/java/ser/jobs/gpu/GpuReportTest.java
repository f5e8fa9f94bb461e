package ser.jobs.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;

/** What is made of nvidia-smi's answers. */
class GpuReportTest {
  private static final String TWO =
      """
      0, GPU-7d3f1c52-0000-1111-2222-333344445555, NVIDIA A10, 8.6
      1, GPU-7d3f1c52-0000-1111-2222-666677778888, NVIDIA H100 80GB HBM3, 9.0
      """;

  @ParameterizedTest
  @CsvSource({
    "3.5, false",
    "3.7, true",
    "5.2, true",
    "7.0, true",
    "7.5, true",
    "8.0, true",
    "8.6, true",
    "8.7, false",
    "8.9, true",
    "9.0, false",
    "10.0, false",
    "12.0, false"
  })
  void givenACapability_whenAsked_thenOnlyThoseWithKernelsAreSupported(
      String capability, boolean supported) {
    assertThat(ComputeCapability.parse(capability).supported()).isEqualTo(supported);
  }

  @Test
  void givenAnOldEnoughGpu_whenReported_thenItIsUsable() throws IOException {
    GpuReport report = GpuReport.of("worker-3", "0", NvidiaSmi.parse(TWO));

    assertThat(report.usable()).isTrue();
    assertThat(report.gpu()).isEqualTo("GPU 0 on worker-3 (NVIDIA A10, compute capability 8.6)");
  }

  @Test
  void givenATooNewGpu_whenReported_thenTheProblemNamesItsCapabilityAndWhatThereIs()
      throws IOException {
    GpuReport report = GpuReport.of("worker-3", "1", NvidiaSmi.parse(TWO));

    assertThat(report.usable()).isFalse();
    assertThat(report.gpu()).contains("NVIDIA H100 80GB HBM3, compute capability 9.0");
    assertThat(report.problem()).contains("3.7 to 8.6 and 8.9, not for 9.0");
  }

  @Test
  void givenANameInPlaceOfAnIndex_whenReported_thenItIsRefusedBeforeATaskRunsOnAnotherGpu()
      throws IOException {
    GpuReport report =
        GpuReport.of("h", "GPU-7d3f1c52-0000-1111-2222-666677778888", NvidiaSmi.parse(TWO));

    assertThat(report.problem()).contains("no index").contains("gpu-discovery.sh");
  }

  @Test
  void givenAnAddressThatNvidiaSmiDoesNotKnow_whenReported_thenThatIsSaid() throws IOException {
    assertThat(GpuReport.of("h", "7", NvidiaSmi.parse(TWO)).problem()).contains("nvidia-smi knows");
    assertThat(GpuReport.of("h", "0", Map.of()).problem()).contains("knows none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0, GPU-1, NVIDIA A10",
        "0, GPU-1, NVIDIA A10, [N/A]",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
      })
  void givenAnotherAnswer_whenParsed_thenItIsQuoted(String answer) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> NvidiaSmi.parse(answer))
        .withMessageContaining(answer);
  }

  @Test
  void givenTheBackendOfTheCpu_whenATaskHasAGpu_thenItDoesNotTrainInSilence() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new TaskGpu("0").requireUsed())
        .withMessageContaining("Cannot train on GPU 0")
        .withMessageContaining("-P cuda");
  }

  @Test
  void givenAnAddress_whenAttached_thenItMustBeAnIndex() {
    assertThat(new TaskGpu("3").ordinal()).isEqualTo(3);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> new TaskGpu("GPU-1").ordinal())
        .withMessageContaining("GPU-1");
  }
}
