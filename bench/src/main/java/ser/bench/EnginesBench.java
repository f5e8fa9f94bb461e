package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.network.NetworkShape;
import ser.model.network.WindowClassifier;
import ser.model.scoring.ScoringEngine;

/** Windows a second of both engines, batch after batch in turns, as a task that scores has them. */
@Command(
    name = "bench/engines",
    description = "DL4J and ONNX Runtime score random windows in turns; prints one JSON line.",
    mixinStandardHelpOptions = true)
final class EnginesBench implements Callable<Integer> {
  private static final int WARM_UP = 3;

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "A model file.")
  private Path model;

  @Option(names = "--batches", paramLabel = "N", description = "That count, of each engine.")
  private int batches = 30;

  public static void main(String[] arguments) {
    System.exit(BenchCommand.of("bench/engines", new EnginesBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (batches < 1) {
      throw new IllegalArgumentException("--batches is %d; give 1 or more".formatted(batches));
    }
    ModelFile file = file();
    List<float[]> windows = windows(file);
    int threads = Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1"));
    Map<ScoringEngine, List<Double>> seconds = new EnumMap<>(ScoringEngine.class);
    double difference;
    try (WindowClassifier dl4j = ScoringEngine.DL4J.classifier(file, threads);
        WindowClassifier onnx = ScoringEngine.ONNX.classifier(file, threads)) {
      difference = largestDifference(dl4j.probabilities(windows), onnx.probabilities(windows));
      for (int i = -WARM_UP; i < batches; i++) {
        time(dl4j, windows, i, seconds.computeIfAbsent(ScoringEngine.DL4J, e -> new ArrayList<>()));
        time(onnx, windows, i, seconds.computeIfAbsent(ScoringEngine.ONNX, e -> new ArrayList<>()));
      }
    }
    double ours = windowsPerSecond(seconds.get(ScoringEngine.DL4J));
    double peer = windowsPerSecond(seconds.get(ScoringEngine.ONNX));
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "engines");
    line.put("recipe", file.architecture().recipe());
    line.put("threads", threads);
    line.put("batch", WindowClassifier.BATCH);
    line.put("batches", batches);
    line.put("dl4j", ours);
    line.put("onnx", peer);
    line.put("ratio", ours / peer);
    line.put("unit", "windows/s");
    line.put("largest_difference", difference);
    System.out.println(line);
    return 0;
  }

  private ModelFile file() throws IOException {
    if (!Files.isReadable(model)) {
      throw new IllegalArgumentException(
          "the model file %s cannot be read; check --model".formatted(model));
    }
    try {
      return ModelFile.read(Files.readAllBytes(model), model.toString());
    } catch (ModelFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void time(
      WindowClassifier classifier, List<float[]> windows, int batch, List<Double> seconds) {
    long start = System.nanoTime();
    classifier.probabilities(windows);
    if (batch >= 0) {
      seconds.add((System.nanoTime() - start) / 1e9);
    }
  }

  private static double windowsPerSecond(List<Double> seconds) {
    return WindowClassifier.BATCH / Spread.of(seconds).median();
  }

  private static double largestDifference(float[][] one, float[][] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      for (int c = 0; c < one[i].length; c++) {
        largest = Math.max(largest, Math.abs(one[i][c] - other[i][c]));
      }
    }
    return largest;
  }

  private static List<float[]> windows(ModelFile file) {
    Random random = new Random(7);
    int length = NetworkShape.of(file.input().inputSpec(), file.labels().size()).inputLength();
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < WindowClassifier.BATCH; i++) {
      float[] window = new float[length];
      for (int v = 0; v < length; v++) {
        window[v] = (float) random.nextGaussian();
      }
      windows.add(window);
    }
    return windows;
  }
}
