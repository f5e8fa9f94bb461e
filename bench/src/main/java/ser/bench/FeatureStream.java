package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.features.FeatureExtractor;
import ser.features.FeatureMatrix;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.ContrastSpec;
import ser.features.spec.Feature;
import ser.features.spec.Preset;

/**
 * Our side of {@code bench/exactness}: writes the features of each recording to standard output,
 * one after another. Each is a line of JSON, with the shape of every matrix, and then the matrices
 * as little-endian float32, row-major, in the order of the line.
 */
@Command(name = "feature-stream", mixinStandardHelpOptions = true)
final class FeatureStream implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "searched for .wav and .flac")
  private List<Path> folders;

  @Option(names = "--rate", description = "resample to this rate in Hz; 0 keeps the native rate")
  private int rateHz;

  @Option(names = "--limit", description = "only the first N files of each folder; 0 for all")
  private int limit;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<Set<Feature>, FeatureExtractor> extended = new HashMap<>();
  private final ClipReader reader = new ClipReader(ClipLimits.NONE);

  public static void main(String[] args) {
    System.exit(new CommandLine(new FeatureStream()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    FeatureExtractor standard =
        extractor(rateHz == 0 ? Feature.STANDARD : EnumSet.of(Feature.LOG_MEL));
    try (OutputStream out = new BufferedOutputStream(System.out, 1 << 20)) {
      for (Path folder : folders) {
        for (Path file : Recordings.under(folder, limit)) {
          Clip clip = read(file);
          List<Features> features = new ArrayList<>(List.of(standard.extract(clip)));
          if (rateHz == 0) {
            features.add(extended.computeIfAbsent(others(clip), this::extractor).extract(clip));
          }
          write(file, clip, features, out);
        }
      }
    }
    return 0;
  }

  /** Apart from the standard ones, which have a faster transform where they are alone. */
  private static Set<Feature> others(Clip clip) {
    EnumSet<Feature> others = EnumSet.complementOf(EnumSet.copyOf(Feature.STANDARD));
    if (clip.sampleRateHz() / 2.0 <= ContrastSpec.LIBROSA.lastBandHz()) {
      others.remove(Feature.SPECTRAL_CONTRAST);
    }
    return others;
  }

  private FeatureExtractor extractor(Set<Feature> features) {
    return new FeatureExtractor(Preset.LIBROSA.spec(features).withSampleRate(rateHz));
  }

  private Clip read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return reader.read(in).clip();
    } catch (UnreadableAudioException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void write(Path file, Clip clip, List<Features> parts, OutputStream out)
      throws IOException {
    ObjectNode line = json.createObjectNode();
    line.put("file", file.toString());
    line.put("samples", clip.samples().length);
    ObjectNode shapes = line.putObject("shapes");
    for (Features part : parts) {
      part.matrices()
          .forEach(
              (feature, matrix) ->
                  shapes
                      .putArray(feature.columnName())
                      .add(matrix.coefficients())
                      .add(matrix.frames()));
    }
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    for (Features part : parts) {
      for (FeatureMatrix matrix : part.matrices().values()) {
        float[] values = matrix.values();
        ByteBuffer bytes =
            ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    }
  }
}
