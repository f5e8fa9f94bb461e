package ser.jobs.train;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import ser.features.spec.Feature;
import ser.jobs.tables.TrainingRows;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.model.Emotion;
import ser.model.input.InputMatrix;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;
import ser.model.split.Side;
import ser.model.split.Split;

/** From rows of the features table to the network's input: cut, then normalised. */
final class InputPreparation {
  private final SideRows features;
  private final InputSpec input;
  private final Split split;
  private final List<Emotion> labels;

  InputPreparation(SideRows features, InputSpec input, Split split, List<Emotion> labels) {
    this.features = features;
    this.input = input;
    this.split = split;
    this.labels = List.copyOf(labels);
  }

  /**
   * Mean and deviation over all rows that are trained on, variants included: what the network sees
   * in training then has mean 0 and deviation 1.
   */
  Normaliser normaliser() {
    InputSpec spec = input;
    List<Feature> columns = columns();
    return rowsOf(Side.TRAINING)
        .map(row -> matrixOf(row, spec, columns))
        .mapPartitions(
            matrices -> {
              NormaliserStatistics statistics = new NormaliserStatistics(spec.allRows());
              matrices.forEachRemaining(statistics::add);
              return List.of(statistics).iterator();
            })
        // In the order of the partitions: merged as tasks end, two runs differ in the last bits.
        .collect()
        .stream()
        .reduce(new NormaliserStatistics(spec.allRows()), NormaliserStatistics::merge)
        .normaliser();
  }

  /** Inputs of the rows of one side. */
  JavaRDD<LabelledInput> inputsOf(Side side, Normaliser normaliser) {
    InputSpec spec = input;
    List<Feature> columns = columns();
    List<String> names = labels.stream().map(Emotion::label).toList();
    return rowsOf(side)
        .map(
            row -> {
              InputMatrix matrix = matrixOf(row, spec, columns);
              normaliser.apply(matrix);
              return new LabelledInput(
                  row.recording(), row.variant(), names.indexOf(row.emotion()), matrix.values());
            });
  }

  private JavaRDD<FeatureRow> rowsOf(Side side) {
    Split drawn = split;
    return TrainingRows.of(features.of(side), columns())
        .flatMap(
            row -> {
              int copies =
                  Collections.frequency(drawn.sidesOf(row.speaker(), row.recording()), side);
              return Collections.nCopies(copies, row).iterator();
            });
  }

  private List<Feature> columns() {
    return List.copyOf(input.features());
  }

  private static InputMatrix matrixOf(FeatureRow row, InputSpec spec, List<Feature> columns) {
    return spec.of(feature -> row.matrices().get(columns.indexOf(feature)));
  }
}
