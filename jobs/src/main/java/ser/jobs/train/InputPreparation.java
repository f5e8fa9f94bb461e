package ser.jobs.train;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.jobs.tables.TrainingRows;
import ser.jobs.tables.TrainingRows.LogMelRow;
import ser.model.Emotion;
import ser.model.Normaliser;
import ser.model.NormaliserStatistics;
import ser.model.WindowInput;

/** From rows of the features table to the network's input: cut, then normalised. */
final class InputPreparation {
  private final Dataset<Row> features;
  private final WindowInput window;
  private final List<Emotion> labels;

  InputPreparation(Dataset<Row> features, WindowInput window, List<Emotion> labels) {
    this.features = features;
    this.window = window;
    this.labels = List.copyOf(labels);
  }

  /** Mean and deviation over the rows of some speakers: those of the training side, no others. */
  Normaliser normaliserOf(List<String> trainingSpeakers) {
    WindowInput cut = window;
    return TrainingRows.logMel(features, trainingSpeakers)
        .map(row -> cut.of(row.logMel(), row.frames()))
        .treeAggregate(
            new NormaliserStatistics(cut.bands()),
            (statistics, values) -> statistics.add(values, cut.frames()),
            NormaliserStatistics::merge)
        .normaliser();
  }

  /** Inputs of the rows of some speakers. */
  JavaRDD<LabelledInput> inputsOf(List<String> speakers, Normaliser normaliser) {
    WindowInput cut = window;
    List<String> names = labels.stream().map(Emotion::label).toList();
    return TrainingRows.logMel(features, speakers)
        .map(row -> labelled(row, cut, normaliser, names));
  }

  private static LabelledInput labelled(
      LogMelRow row, WindowInput window, Normaliser normaliser, List<String> labels) {
    float[] values = window.of(row.logMel(), row.frames());
    normaliser.apply(values, window.frames());
    return new LabelledInput(row.recording(), labels.indexOf(row.emotion()), values);
  }
}
