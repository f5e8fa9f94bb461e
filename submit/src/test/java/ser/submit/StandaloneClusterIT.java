package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClusterIT {
  @TempDir private Path folder;

  @Test
  void givenTwoWorkers_whenAnApplicationCounts_thenBothCountForIt() {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2);
        SparkSession spark =
            SparkSession.builder()
                .master(cluster.master())
                .appName("count")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.memory", "512m")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
      assertThat(cluster.aliveWorkers()).isEqualTo(2);
      assertThat(spark.range(0, 1000, 1, 8).count()).isEqualTo(1000);
      assertThat(cluster.status().path("activeapps").get(0).path("cores").asInt())
          .isEqualTo(2 * StandaloneCluster.CORES_PER_WORKER);
    }
  }
}
