package ser.jobs.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import ser.jobs.tables.Variant;
import ser.model.Emotion;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;
import ser.model.metrics.Prediction;
import ser.model.metrics.Predictions;
import ser.model.network.BatchNormStatistics;
import ser.model.network.EmotionClassifier;
import ser.model.network.NetworkSnapshot;
import ser.model.output.ScoreNormalisation;

/** Sends rows through a network on the executors: to judge it, or to gather its statistics. */
final class SparkEvaluation {
  private final JavaSparkContext spark;
  private final List<Emotion> labels;

  SparkEvaluation(JavaSparkContext spark, List<Emotion> labels) {
    this.spark = spark;
    this.labels = List.copyOf(labels);
  }

  /** What the network makes of the rows; empty if there are none. */
  Evaluation of(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    List<Emotion> names = labels;
    try {
      // In the order of the partitions: a sum of losses depends on it.
      return rows
          .mapPartitions(partition -> evaluated(snapshot.value(), names, partition))
          .collect()
          .stream()
          .reduce(Evaluation.none(names), Evaluation::merge);
    } finally {
      snapshot.destroy();
    }
  }

  /**
   * What the network makes of each row. For rows that judge it: as many probabilities as there are
   * labels come to the driver for each, and no features.
   */
  Predictions predictions(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    List<Emotion> names = labels;
    try {
      return new Predictions(
          names,
          rows.mapPartitions(partition -> predicted(snapshot.value(), names, partition)).collect());
    } finally {
      snapshot.destroy();
    }
  }

  /**
   * Mean and deviation of the scores that the network gives to recordings, variants not counted. A
   * pair of numbers per label and partition comes to the driver.
   *
   * @param rows at least one of which is a recording itself
   */
  Normaliser scores(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    List<Emotion> names = labels;
    try {
      // In the order of the partitions: a sum depends on it.
      return rows
          .filter(row -> row.variant().equals(Variant.ORIGINAL.name()))
          .mapPartitions(
              partition ->
                  Collections.singleton(
                          statisticsOf(predicted(snapshot.value(), names, partition), names))
                      .iterator())
          .collect()
          .stream()
          .reduce(new NormaliserStatistics(names.size()), NormaliserStatistics::merge)
          .normaliser();
    } finally {
      snapshot.destroy();
    }
  }

  /** Batch normalisation's statistics over some rows. */
  BatchNormStatistics batchNorm(NetworkSnapshot network, JavaRDD<LabelledInput> rows) {
    Broadcast<NetworkSnapshot> snapshot = spark.broadcast(network);
    try {
      // In the order of the partitions too.
      return rows
          .mapPartitions(partition -> statisticsOf(snapshot.value(), partition))
          .collect()
          .stream()
          .reduce(BatchNormStatistics::merge)
          .orElseThrow(() -> new IllegalArgumentException("no rows to gather statistics from"));
    } finally {
      snapshot.destroy();
    }
  }

  private static Iterator<Evaluation> evaluated(
      NetworkSnapshot snapshot, List<Emotion> labels, Iterator<LabelledInput> rows) {
    Evaluation evaluation = Evaluation.none(labels);
    Iterator<Prediction> predictions = predicted(snapshot, labels, rows);
    while (predictions.hasNext()) {
      Prediction prediction = predictions.next();
      evaluation = evaluation.with(labels.indexOf(prediction.actual()), prediction.probabilities());
    }
    return Collections.singleton(evaluation).iterator();
  }

  private static Iterator<Prediction> predicted(
      NetworkSnapshot snapshot, List<Emotion> labels, Iterator<LabelledInput> rows) {
    List<Prediction> predictions = new ArrayList<>();
    if (rows.hasNext()) {
      EmotionClassifier classifier =
          EmotionClassifier.of(snapshot.restore(), snapshot.shape(), labels);
      RowProbabilities judged = new RowProbabilities();
      while (rows.hasNext()) {
        List<LabelledInput> batch = next(rows);
        float[][] probabilities =
            classifier.probabilities(batch.stream().map(LabelledInput::values).toList());
        for (int i = 0; i < batch.size(); i++) {
          LabelledInput row = batch.get(i);
          judged
              .add(row, probabilities[i])
              .map(mean -> new Prediction(row.subject(), labels.get(row.label()), mean))
              .ifPresent(predictions::add);
        }
      }
    }
    return predictions.iterator();
  }

  private static NormaliserStatistics statisticsOf(
      Iterator<Prediction> predictions, List<Emotion> labels) {
    List<float[]> probabilities = new ArrayList<>();
    predictions.forEachRemaining(prediction -> probabilities.add(prediction.probabilities()));
    return ScoreNormalisation.BySpeaker.statistics(probabilities, labels.size());
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
      statistics.observe(
          network,
          snapshot
              .shape()
              .batchOf(batch.stream().map(LabelledInput::values).toList(), batch.size()));
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
}
