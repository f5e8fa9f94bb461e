package ser.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.Provenance;
import ser.model.file.Tensor;
import ser.model.file.TrainingData;
import ser.model.split.SpeakerSplit;

/** Two models that disagree; the cards of both have something on every line. */
final class PageModels {
  static final String FIRST = "first.safetensors";
  static final String SECOND = "second.safetensors";

  private PageModels() {}

  static Path[] write(Path folder) {
    return new Path[] {
      write(folder.resolve(FIRST), "small-first", 1),
      write(folder.resolve(SECOND), "small-second", -1)
    };
  }

  private static Path write(Path file, String recipe, float factor) {
    ModelFile small = SmallModel.model();
    Map<String, Tensor> weights =
        small.weights().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> times(factor, e.getValue())));
    ModelFile model =
        ModelFile.of(
            new Architecture(recipe, small.architecture().layers()),
            small.labels(),
            small.input(),
            weights,
            new Provenance(
                new SpeakerSplit(
                    Set.of("ravdess-01", "ravdess-02"),
                    Set.of(),
                    Set.of("ravdess-03", "ravdess-04"),
                    1),
                1,
                metrics(),
                new TrainingData(
                    List.of(new TrainingData.Table("features", 120)),
                    new TreeMap<>(Map.of("ravdess", "CC BY-NC-SA 4.0"))),
                "0123abc",
                ""));
    try {
      return Files.write(file, model.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor times(float factor, Tensor tensor) {
    float[] values = tensor.values();
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = factor * values[i];
    }
    return new Tensor(tensor.shape(), scaled);
  }

  private static ObjectNode metrics() {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    ObjectNode test = metrics.putObject("test");
    test.put("accuracy", 0.75).put("uar", 0.75).put("macro_f1", 0.74);
    test.put("recordings", 24);
    ArrayNode speakers = test.putArray("speakers");
    List.of("ravdess-03", "ravdess-04").forEach(speakers::add);
    ArrayNode labels = test.putArray("labels");
    List.of("sad", "angry", "happy").forEach(labels::add);
    ArrayNode rows = test.putArray("confusion");
    for (int[] row : new int[][] {{5, 1, 2}, {0, 6, 2}, {1, 0, 7}}) {
      ArrayNode counts = rows.addArray();
      for (int count : row) {
        counts.add(count);
      }
    }
    return metrics;
  }
}
