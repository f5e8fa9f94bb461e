package ser.jobs.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import ser.model.input.HeardSpeaker;
import ser.model.metrics.Prediction;
import ser.model.metrics.Predictions;
import ser.model.network.EmotionClassifier;

/** Sends rows of a features table through a model on the executors. */
final class ModelPredictions {
  private ModelPredictions() {}

  static Predictions of(JobContext context, ModelFile model, Dataset<Row> rows) {
    List<Feature> columns = List.copyOf(model.input().inputSpec().features());
    JavaRDD<FeatureRow> judged = TrainingRows.of(rows, columns);
    Map<String, HeardSpeaker> bySpeaker = SpeakerNormalisers.of(model.input(), judged, columns);
    Broadcast<ModelFile> sent = context.javaSpark().broadcast(model);
    try {
      Predictions predictions =
          new Predictions(
              model.labels(),
              judged
                  .mapPartitions(
                      partition -> predicted(sent.value(), bySpeaker, columns, partition))
                  .collect());
      return predictions.normalised(
          model.scores(), speaker -> heard(model, bySpeaker, speaker).speechS());
    } finally {
      sent.destroy();
    }
  }

  private static HeardSpeaker heard(
      ModelFile model, Map<String, HeardSpeaker> bySpeaker, String speaker) {
    return bySpeaker.getOrDefault(speaker, HeardSpeaker.unheard(model.input().normaliser()));
  }

  private static Iterator<Prediction> predicted(
      ModelFile model,
      Map<String, HeardSpeaker> bySpeaker,
      List<Feature> columns,
      Iterator<FeatureRow> rows) {
    List<Prediction> predictions = new ArrayList<>();
    if (rows.hasNext()) {
      EmotionClassifier classifier = EmotionClassifier.of(model);
      while (rows.hasNext()) {
        List<FeatureRow> batch = next(rows);
        List<List<float[]>> inputs =
            batch.stream().map(row -> inputsOf(model, bySpeaker, columns, row)).toList();
        Iterator<float[]> probabilities =
            probabilities(classifier, inputs.stream().flatMap(List::stream).toList());
        for (int i = 0; i < batch.size(); i++) {
          FeatureRow row = batch.get(i);
          List<float[]> ofRow =
              Stream.generate(probabilities::next).limit(inputs.get(i).size()).toList();
          predictions.add(
              new Prediction(
                  row.subject(), Emotion.ofLabel(row.emotion()), Prediction.mean(ofRow)));
        }
      }
    }
    return predictions.iterator();
  }

  private static Iterator<float[]> probabilities(
      EmotionClassifier classifier, List<float[]> inputs) {
    List<float[]> all = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += EmotionClassifier.BATCH) {
      int to = Math.min(inputs.size(), from + EmotionClassifier.BATCH);
      all.addAll(Arrays.asList(classifier.probabilities(inputs.subList(from, to))));
    }
    return all.iterator();
  }

  private static List<float[]> inputsOf(
      ModelFile model, Map<String, HeardSpeaker> bySpeaker, List<Feature> columns, FeatureRow row) {
    return model
        .input()
        .allOf(
            feature -> row.matrices().get(columns.indexOf(feature)),
            heard(model, bySpeaker, row.speaker()).normaliser());
  }

  private static List<FeatureRow> next(Iterator<FeatureRow> rows) {
    List<FeatureRow> batch = new ArrayList<>(EmotionClassifier.BATCH);
    while (rows.hasNext() && batch.size() < EmotionClassifier.BATCH) {
      batch.add(rows.next());
    }
    return batch;
  }
}
