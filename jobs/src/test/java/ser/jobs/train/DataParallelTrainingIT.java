package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import ser.jobs.config.Averaging;
import ser.jobs.config.TrainingSchedule;
import ser.jobs.run.JobContext;
import ser.jobs.spark.SerKryoRegistrator;
import ser.jobs.storage.Storage;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.network.CpuAcceleration;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;

class DataParallelTrainingIT {
  private static final NetworkShape SHAPE = new NetworkShape(32, 34, 3);
  private static final int WORKERS = 2;

  @Test
  void givenOneSeed_whenTwoWorkersTrainTwice_thenTheWeightsAreTheSameBits() {
    CpuAcceleration.request();
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("determinism")
            .config("spark.ui.enabled", false)
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrator", SerKryoRegistrator.class.getName())
            .getOrCreate();
    try {
      float[] first = trained(session, 7);

      assertThat(trained(session, 7)).isEqualTo(first);
      assertThat(trained(session, 8)).isNotEqualTo(first);
    } finally {
      session.stop();
    }
  }

  private static float[] trained(SparkSession session, long seed) {
    JobContext context = new JobContext(session, new Storage(new Configuration()), "{}", false);
    JavaSparkContext spark = context.javaSpark();
    JavaRDD<LabelledInput> rows = spark.parallelize(rows(), WORKERS);
    return new DataParallelTraining(
            context,
            NetworkArchitecture.parse(
                List.of(
                    "conv 8 3x3",
                    "batch-norm",
                    "relu",
                    "max-pool 2x2",
                    "global-average-pool",
                    "dropout 0.5",
                    "dense 16",
                    "dropout 0.4")),
            SHAPE,
            new Optimisation(1e-3, ClassWeights.equal(SHAPE.classes()), seed),
            new TrainingSchedule(
                new LearningRateSchedule.Constant(1e-3),
                2,
                5,
                new Averaging(4, 1, WORKERS, 0, 2),
                100),
            new SparkEvaluation(spark, List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY)))
        .run(rows, Optional.empty())
        .network()
        .params()
        .toFloatVector();
  }

  private static List<LabelledInput> rows() {
    Random random = new Random(1);
    List<LabelledInput> rows = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      float[] values = new float[SHAPE.inputLength()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      rows.add(new LabelledInput("row" + i, "original", i % SHAPE.classes(), values));
    }
    return rows;
  }
}
