package ser.jobs.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.Emotion;
import ser.model.metrics.ConfusionMatrix;
import ser.model.network.BatchNormStatistics;
import ser.model.network.EmotionClassifier;
import ser.model.network.NetworkSnapshot;

/** Sends rows through a network on the executors: to judge it, or to gather its statistics. */
final class SparkEvaluation {
  private final JavaSparkContext spark;
  private final List<Emotion> labels;

  SparkEvaluation(JavaSparkContext spark, List<Emotion> labels) {
    this.spark = spark;
    this.labels = List.copyOf(labels);
  }

  /** Actual against predicted emotions; null-free, empty if there are no rows. */
  ConfusionMatrix confusion(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    List<Emotion> names = labels;
    try {
      return rows.mapPartitions(partition -> confusionOf(snapshot.value(), names, partition))
          .fold(new ConfusionMatrix(names), ConfusionMatrix::merge);
    } finally {
      snapshot.destroy();
    }
  }

  /** Batch normalisation's statistics over some rows. */
  BatchNormStatistics batchNorm(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    try {
      return rows.mapPartitions(partition -> statisticsOf(snapshot.value(), partition))
          .reduce(BatchNormStatistics::merge);
    } finally {
      snapshot.destroy();
    }
  }

  private static Iterator<ConfusionMatrix> confusionOf(
      NetworkSnapshot snapshot, List<Emotion> labels, Iterator<LabelledInput> rows) {
    ConfusionMatrix confusion = new ConfusionMatrix(labels);
    if (rows.hasNext()) {
      EmotionClassifier classifier =
          EmotionClassifier.of(snapshot.restore(), snapshot.shape(), labels);
      while (rows.hasNext()) {
        List<LabelledInput> batch = next(rows);
        float[][] probabilities =
            classifier.probabilities(batch.stream().map(LabelledInput::values).toList());
        for (int i = 0; i < batch.size(); i++) {
          confusion.add(
              labels.get(batch.get(i).label()), labels.get(indexOfLargest(probabilities[i])));
        }
      }
    }
    return Collections.singleton(confusion).iterator();
  }

  private static Iterator<BatchNormStatistics> statisticsOf(
      NetworkSnapshot snapshot, Iterator<LabelledInput> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    var network = snapshot.restore();
    BatchNormStatistics statistics = new BatchNormStatistics();
    while (rows.hasNext()) {
      List<LabelledInput> batch = next(rows);
      float[] values = new float[batch.size() * snapshot.shape().inputLength()];
      for (int i = 0; i < batch.size(); i++) {
        System.arraycopy(
            batch.get(i).values(),
            0,
            values,
            i * snapshot.shape().inputLength(),
            snapshot.shape().inputLength());
      }
      statistics.observe(
          network,
          Nd4j.create(
              values,
              new long[] {batch.size(), snapshot.shape().bands(), snapshot.shape().frames(), 1},
              'c'));
    }
    return Collections.singleton(statistics).iterator();
  }

  private static List<LabelledInput> next(Iterator<LabelledInput> rows) {
    List<LabelledInput> batch = new ArrayList<>(EmotionClassifier.BATCH);
    while (rows.hasNext() && batch.size() < EmotionClassifier.BATCH) {
      batch.add(rows.next());
    }
    return batch;
  }

  private static int indexOfLargest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
