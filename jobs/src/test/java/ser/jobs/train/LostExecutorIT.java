package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.config.Averaging;

/**
 * An executor is killed in the middle of an epoch, with the shard and the shuffle files that it
 * holds: the training takes longer, and gives the same weights.
 */
class LostExecutorIT {
  private static final TinyTraining TRAINING = new TinyTraining(3, new Averaging(4, 1, 2, 0, 2));

  @TempDir private Path folder;

  @Test
  void givenAnExecutorThatDies_whenTrained_thenTheWeightsAreThoseOfAnUndisturbedRun()
      throws IOException {
    makeSparkHome();
    ExecutorKiller killer = new ExecutorKiller();
    float[] undisturbed;
    float[] disturbed;
    try (TrainingSession session = TrainingSession.on(twoExecutors())) {
      undisturbed =
          TinyTraining.weights(TRAINING.run(session.context(), folder.resolve("undisturbed")));
      session.context().spark().sparkContext().addSparkListener(killer);
      disturbed =
          TinyTraining.weights(TRAINING.run(session.context(), folder.resolve("disturbed")));
    }

    assertThat(killer.lost).as("executors that were lost").hasPositiveValue();
    assertThat(disturbed).isEqualTo(undisturbed);
  }

  private static SparkConf twoExecutors() {
    return new SparkConf()
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.executor.memory", "1g")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        // Nobody waits for one that is dead.
        .set("spark.shuffle.io.maxRetries", "1")
        .set("spark.shuffle.io.retryWait", "100ms");
  }

  /** What Spark looks for where it starts executors; their class path is this test's. */
  private static void makeSparkHome() throws IOException {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("launcher/target/scala-2.12"));
  }

  /** Kills the first executor when the second epoch begins. */
  private static final class ExecutorKiller extends SparkListener {
    private final AtomicBoolean killed = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      String description = job.properties().getProperty("spark.job.description", "");
      if (description.startsWith("Epoch 2 of") && killed.compareAndSet(false, true)) {
        // The workers of a local cluster are threads of this process; executors are its children.
        ProcessHandle.current().children().findFirst().orElseThrow().destroyForcibly();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      lost.incrementAndGet();
    }
  }
}
