package ser.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffHeapLimitsTest {
  private static final long GIB = 1L << 30;
  private static final long HEAP = 3 * GIB;

  @ParameterizedTest
  @CsvSource({
    "local[2], 1, 4",
    "local[16], 1, 32",
    "'local[16,3]', 2, 16",
    "local[*], 1, 16",
    "spark://host:7077, 1, 16"
  })
  void givenNoLimit_whenTasksAreMany_thenEachHasItsRoom(String master, int cpus, long gib) {
    SparkConf conf = conf(master).set("spark.task.cpus", Integer.toString(cpus));

    OffHeapLimits limits = OffHeapLimits.of(conf, HEAP, 8, 256 * GIB);

    assertThat(limits.bytes()).isEqualTo(gib * GIB);
    assertThat(limits.physicalBytes()).isEqualTo(HEAP + gib * GIB + GIB / 2);
  }

  @Test
  void givenNoLimit_whenTheMachineHasLess_thenItIsTheMachines() {
    OffHeapLimits limits = OffHeapLimits.of(conf("local[64]"), HEAP, 64, 32 * GIB);

    assertThat(limits.physicalBytes()).isEqualTo(32 * GIB);
    assertThat(limits.bytes()).isLessThan(32 * GIB);
  }

  @ParameterizedTest
  @CsvSource({"yarn, 3g, 6", "k8s://https://host:443, 4g, 7"})
  void givenAContainer_whenLimited_thenTheProcessStaysWithinIt(
      String master, String overhead, long gib) {
    SparkConf conf =
        conf(master)
            .set("spark.executor.memory", "3g")
            .set("spark.executor.memoryOverhead", overhead);

    // Of its 3 GB the parallel collector offers less.
    OffHeapLimits limits = OffHeapLimits.of(conf, 2731L << 20, 8, 256 * GIB);

    assertThat(limits.physicalBytes()).isBetween((gib - 1) * GIB, gib * GIB - 1);
  }

  @Test
  void givenASmallHeapBesideALargeOverhead_whenLimited_thenArraysFitIntoTheContainerToo() {
    SparkConf conf =
        conf("yarn").set("spark.executor.memory", "1g").set("spark.executor.memoryOverhead", "20g");

    OffHeapLimits limits = OffHeapLimits.of(conf, GIB, 8, 256 * GIB);

    assertThat(limits.bytes()).isGreaterThan(19 * GIB).isLessThan(limits.physicalBytes());
    assertThat(limits.physicalBytes()).isLessThan(21 * GIB);
  }

  @Test
  void givenAContainerOfWhichNothingIsSaid_whenLimited_thenItHasSparksOwnOverhead() {
    OffHeapLimits limits =
        OffHeapLimits.of(conf("yarn").set("spark.executor.memory", "10g"), 10 * GIB, 8, 256 * GIB);

    assertThat(limits.bytes()).isEqualTo(GIB);
    assertThat(limits.physicalBytes()).isLessThan(11 * GIB);
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }
}
