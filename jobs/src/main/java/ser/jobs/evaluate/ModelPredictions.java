package ser.jobs.evaluate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.features.spec.Feature;
import ser.jobs.run.JobContext;
import ser.jobs.tables.TrainingRows;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.input.Normaliser;
import ser.model.metrics.Prediction;
import ser.model.metrics.Predictions;
import ser.model.network.EmotionClassifier;

/** Sends rows of a features table through a model on the executors. */
final class ModelPredictions {
  private ModelPredictions() {}

  static Predictions of(JobContext context, ModelFile model, Dataset<Row> rows) {
    List<Feature> columns = List.copyOf(model.input().inputSpec().features());
    JavaRDD<FeatureRow> judged = TrainingRows.of(rows, columns);
    Map<String, Normaliser> bySpeaker = SpeakerNormalisers.of(model.input(), judged, columns);
    Broadcast<ModelFile> sent = context.javaSpark().broadcast(model);
    try {
      return new Predictions(
          model.labels(),
          judged
              .mapPartitions(partition -> predicted(sent.value(), bySpeaker, columns, partition))
              .collect());
    } finally {
      sent.destroy();
    }
  }

  private static Iterator<Prediction> predicted(
      ModelFile model,
      Map<String, Normaliser> bySpeaker,
      List<Feature> columns,
      Iterator<FeatureRow> rows) {
    List<Prediction> predictions = new ArrayList<>();
    if (rows.hasNext()) {
      EmotionClassifier classifier = EmotionClassifier.of(model);
      while (rows.hasNext()) {
        List<FeatureRow> batch = next(rows);
        float[][] probabilities =
            classifier.probabilities(
                batch.stream().map(row -> inputOf(model, bySpeaker, columns, row)).toList());
        for (int i = 0; i < batch.size(); i++) {
          FeatureRow row = batch.get(i);
          Emotion actual = Emotion.ofLabel(row.emotion());
          predictions.add(new Prediction(row.subject(), actual, probabilities[i]));
        }
      }
    }
    return predictions.iterator();
  }

  private static float[] inputOf(
      ModelFile model, Map<String, Normaliser> bySpeaker, List<Feature> columns, FeatureRow row) {
    Normaliser normaliser = bySpeaker.getOrDefault(row.speaker(), model.input().normaliser());
    return model.input().of(feature -> row.matrices().get(columns.indexOf(feature)), normaliser);
  }

  private static List<FeatureRow> next(Iterator<FeatureRow> rows) {
    List<FeatureRow> batch = new ArrayList<>(EmotionClassifier.BATCH);
    while (rows.hasNext() && batch.size() < EmotionClassifier.BATCH) {
      batch.add(rows.next());
    }
    return batch;
  }
}
