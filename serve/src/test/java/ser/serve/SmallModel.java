package ser.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;
import ser.features.spec.FeatureSpec;
import ser.model.Emotion;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.file.Provenance;
import ser.model.file.Tensor;
import ser.model.file.TrainingData;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;
import ser.model.output.ScoreNormalisation;
import ser.model.split.SpeakerSplit;

/** A model whose weights were drawn, and recordings for it: 15 frames at 8,000 Hz, 0.14 s. */
final class SmallModel {
  static final int RATE_HZ = 8_000;
  static final double WINDOW_S = 0.14;

  private SmallModel() {}

  static ModelFile model() {
    FeatureSpec spec = FeatureSpec.telephone();
    int bands = spec.mel().bands();
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    Arrays.fill(mean, -40);
    Arrays.fill(deviation, 20);
    return ModelFile.of(
        new Architecture("small", List.of("conv 2 3x3", "relu", "global-average-pool")),
        List.of(Emotion.SAD, Emotion.ANGRY, Emotion.HAPPY),
        new ModelInput(
            spec, InputSpec.logMel(bands, 15, spec.mel().topDb()), new Normaliser(mean, deviation)),
        weights(),
        new Provenance(
            new SpeakerSplit(Set.of("a-1"), Set.of(), Set.of("a-2"), 1),
            1,
            JsonNodeFactory.instance.objectNode(),
            new TrainingData(List.of(), new java.util.TreeMap<>()),
            "0123abc",
            ""));
  }

  /** The same network, whose inputs and scores are normalised by speaker. */
  static ModelFile bySpeaker() {
    ModelFile model = model();
    Normalisation.Speaker rule =
        new Normalisation.Speaker(1, Normalisation.Speaker.Deviation.BLENDED);
    return ModelFile.of(
            model.architecture(),
            model.labels(),
            new ModelInput(
                model.input().featureSpec(),
                model.input().inputSpec(),
                model.input().normaliser(),
                rule),
            model.weights(),
            model.provenance())
        .with(
            new ScoreNormalisation.BySpeaker(
                new Normaliser(new float[] {1, -2, 1}, new float[] {3, 1, 2}), rule));
  }

  static Path write(Path file) {
    return write(file, model());
  }

  static Path write(Path file, ModelFile model) {
    try {
      return Files.write(file, model.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A rough tone. */
  static Path tone(Path file, double durationS) {
    Random random = new Random(1);
    float[] samples = new float[(int) Math.round(durationS * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          (float) (0.3 * Math.sin(2 * Math.PI * 200 * i / RATE_HZ) + 0.05 * random.nextGaussian());
    }
    return wav(file, samples);
  }

  static Path silence(Path file, double durationS) {
    return wav(file, new float[(int) Math.round(durationS * RATE_HZ)]);
  }

  private static Path wav(Path file, float[] samples) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        WavWriter.write(new Clip(samples, RATE_HZ), out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Tensor> weights() {
    Random random = new Random(7);
    return Map.of(
        "conv1.weight", new Tensor(new int[] {2, 1, 3, 3}, drawn(random, 18)),
        "conv1.bias", new Tensor(new int[] {2}, drawn(random, 2)),
        "output.weight", new Tensor(new int[] {3, 2}, drawn(random, 6)),
        "output.bias", new Tensor(new int[] {3}, drawn(random, 3)));
  }

  private static float[] drawn(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
