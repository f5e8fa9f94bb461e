package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.file.ModelCalibration;
import ser.model.file.ModelFile;
import ser.model.file.Tensor;

/** {@code ser predict} from its arguments to what it writes. */
class PredictTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = SmallModel.write(folder.resolve("model.safetensors"));
  }

  @Test
  void givenRecording_whenPredicted_thenOneLineWithEmotionConfidenceAndName() {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);

    Run run = run("--model", model.toString(), voice.toString());

    assertThat(run.code).as(run.err).isZero();
    assertThat(run.err).isEmpty();
    assertThat(run.out.lines())
        .singleElement()
        .asString()
        .matches("(sad|angry|happy) +\\d+\\.\\d%  \\Q" + voice + "\\E");
  }

  @Test
  void givenJson_whenPredicted_thenTheObjectSaysWhatTheLineSays() throws IOException {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);

    JsonNode json = json(run("--model", model.toString(), "--json", voice.toString()).out).get(0);

    assertThat(json.path("recording").asText()).isEqualTo(voice.toString());
    assertThat(json.path("model_id").asText()).isEqualTo(SmallModel.model().modelId());
    assertThat(json.path("duration_s").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(json.path("speech_s").asDouble()).isCloseTo(1, within(1e-9));
    double best = -1;
    double sum = 0;
    for (JsonNode p : json.path("probabilities")) {
      best = Math.max(best, p.asDouble());
      sum += p.asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(json.path("confidence").asDouble()).isEqualTo(best);
    assertThat(json.path("probabilities").path(json.path("emotion").asText()).asDouble())
        .isEqualTo(best);
  }

  @Test
  void givenTimeline_whenPredicted_thenTheWindowsMeanIsTheRecordings() throws IOException {
    // More windows than one batch of the network holds.
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 5);

    List<JsonNode> lines =
        json(run("--model", model.toString(), "--json", "--timeline", voice.toString()).out);

    JsonNode last = lines.get(lines.size() - 1);
    List<JsonNode> windows = lines.subList(0, lines.size() - 1);
    assertThat(windows).hasSizeGreaterThan(64).hasSize(last.path("windows").asInt());
    assertThat(windows.get(1).path("start_s").asDouble())
        .isCloseTo(SmallModel.WINDOW_S / 2, within(1e-9));
    assertThat(windows.get(windows.size() - 1).path("end_s").asDouble()).isCloseTo(5, within(1e-9));
    double mean =
        windows.stream()
            .mapToDouble(window -> window.path("probabilities").path("sad").asDouble())
            .average()
            .orElseThrow();
    assertThat(last.path("probabilities").path("sad").asDouble()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void givenSilence_whenPredicted_thenNoSpeechAndNoEmotion() throws IOException {
    Path silence = SmallModel.silence(folder.resolve("silence.wav"), 1);

    assertThat(run("--model", model.toString(), silence.toString()).out)
        .matches("no speech +\\Q" + silence + "\\E\\R");
    JsonNode json = json(run("--model", model.toString(), "--json", silence.toString()).out).get(0);
    assertThat(json.path("emotion").isNull()).isTrue();
    assertThat(json.path("probabilities").isNull()).isTrue();
    assertThat(json.path("speech_s").asDouble()).isZero();
    assertThat(json.path("duration_s").asDouble()).isCloseTo(1, within(1e-9));
  }

  @Test
  void givenAModelWithALimit_whenItsAnswerIsBelow_thenItIsNotSureUnlessTold() throws IOException {
    Path careful = folder.resolve("careful.safetensors");
    Files.write(careful, unsure(SmallModel.model()).toBytes());
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);

    assertThat(run("--model", careful.toString(), voice.toString()).out)
        .matches("not sure +\\d+\\.\\d% +\\Q" + voice + "\\E\\R");
    JsonNode unsure =
        json(run("--model", careful.toString(), "--json", voice.toString()).out).get(0);
    JsonNode asked =
        json(run("--model", careful.toString(), "--json", "--abstain-below", "0", voice.toString())
                .out)
            .get(0);

    assertThat(unsure.path("emotion").isNull()).isTrue();
    assertThat(unsure.path("not_sure").asBoolean()).isTrue();
    assertThat(unsure.path("probabilities")).isEqualTo(asked.path("probabilities"));
    assertThat(asked.path("emotion").asText()).isNotEmpty();
    assertThat(asked.path("not_sure").asBoolean()).isFalse();
    assertThat(run("--model", careful.toString(), "--abstain-below", "2", voice.toString()).code)
        .isEqualTo(2);
  }

  /** All emotions are about as probable, and that is less than its limit. */
  private static ModelFile unsure(ModelFile model) {
    Map<String, Tensor> weights = new TreeMap<>(model.weights());
    for (String name : List.of("output.weight", "output.bias")) {
      weights.computeIfPresent(
          name, (key, tensor) -> new Tensor(tensor.shape(), new float[tensor.values().length]));
    }
    return ModelFile.of(
            model.architecture(), model.labels(), model.input(), weights, model.provenance())
        .with(new ModelCalibration(1, 0.5, 100));
  }

  @Test
  void givenVerbose_whenPredicted_thenALineForEachEmotion() {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);

    assertThat(run("--model", model.toString(), "--verbose", voice.toString()).out.lines().skip(1))
        .hasSize(3)
        .anyMatch(line -> line.matches("  sad +\\d+\\.\\d%.*"))
        .anyMatch(line -> line.matches("  \\w+ +\\d+\\.\\d%  #+"));
  }

  @Test
  void givenStandardInput_whenPredicted_thenAsTheFile() throws IOException {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);
    List<String> arguments = List.of("--model", model.toString(), "--json");

    JsonNode file = json(run(with(arguments, voice.toString())).out).get(0);
    JsonNode piped = json(run(Files.readAllBytes(voice), with(arguments, "-")).out).get(0);

    assertThat(piped.path("recording").asText()).isEqualTo("-");
    assertThat(piped.path("probabilities")).isEqualTo(file.path("probabilities"));
  }

  @Test
  void givenABadFileAmongGoodOnes_whenPredicted_thenTheOthersAreDoneAndTheCodeIsThree()
      throws IOException {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);
    Path text = Files.writeString(folder.resolve("minutes.wav"), "These are minutes, no recording");

    Run run = run("--model", model.toString(), text.toString(), "missing.wav", voice.toString());

    assertThat(run.code).isEqualTo(3);
    assertThat(run.out.lines()).singleElement().asString().endsWith("voice.wav");
    assertThat(run.err.lines()).hasSize(2);
    assertThat(run.err).contains("minutes.wav: not_audio_container: ", "missing.wav: There is no");
  }

  @Test
  void givenNothingReadable_whenPredicted_thenTheCodeIsTwo() {
    Run run = run("--model", model.toString(), "missing.wav");

    assertThat(run.code).isEqualTo(2);
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/call.wav",
        "s3://bucket/calls/*.wav",
        "hdfs://name:8020/call.wav",
        "https://example.org/call[1].wav"
      })
  void givenAnAddressElsewhere_whenPredicted_thenOneLineSaysHowToReadIt(String address) {
    Run run = run("--model", model.toString(), address);

    assertThat(run.code).isEqualTo(2);
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines())
        .singleElement()
        .asString()
        .startsWith("ser: " + address + ": It is not on this machine")
        .contains("aws s3 cp s3://BUCKET/KEY - | submit/ser predict", "submit/ser score --input");
  }

  @Test
  void givenAModelElsewhere_whenPredicted_thenOneLineSaysToCopyIt() {
    Run run = run("--model", "s3a://bucket/model.safetensors", "x.wav");

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines())
        .singleElement()
        .asString()
        .contains("models are read from local files; copy it to this machine");
  }

  @Test
  void givenTwoChannels_whenNoneIsNamed_thenOneLineSaysHowToNameOne() throws IOException {
    Path stereo = stereo();

    Run run = run("--model", model.toString(), stereo.toString());

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("channel_not_named", "--channel 1", "--channel mixed");
  }

  @Test
  void givenTwoChannels_whenOneIsNamed_thenItAloneIsScored() throws IOException {
    String stereo = stereo().toString();
    String voice = SmallModel.tone(folder.resolve("voice.wav"), 1).toString();
    List<String> fixed = List.of("--model", model.toString(), "--json");

    JsonNode mono = json(run(with(fixed, voice)).out).get(0);
    JsonNode left = json(run(with(fixed, "--channel", "0", stereo)).out).get(0);
    JsonNode right = json(run(with(fixed, "--channel", "1", stereo)).out).get(0);
    JsonNode mixed = json(run(with(fixed, "--channel", "mixed", stereo)).out).get(0);

    assertThat(left.path("probabilities")).isEqualTo(mono.path("probabilities"));
    assertThat(right.path("emotion").isNull()).isTrue();
    assertThat(mixed.path("speech_s").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(mixed.path("probabilities")).isNotEqualTo(mono.path("probabilities"));
    assertThat(run(with(fixed, "--channel", "2", stereo)).err).contains("no channel 2");
  }

  @Test
  void givenNoModel_whenPredicted_thenOneLineNamesTheFile() {
    Run run = run("--model", folder.resolve("nothing").toString(), "x.wav");

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines()).singleElement().asString().contains("nothing: there is no such");
  }

  @Test
  void givenAnUnknownChannelOrOption_whenPredicted_thenOneLineAndCodeTwo() {
    for (List<String> wrong : List.of(List.of("--channel", "left"), List.of("--colour"))) {
      Run run = run(with(wrong, "--model", model.toString(), "x.wav"));

      assertThat(run.code).isEqualTo(2);
      assertThat(run.err.lines()).hasSize(1);
    }
  }

  /** The tone on channel 0, silence on channel 1. */
  private Path stereo() throws IOException {
    byte[] mono = Files.readAllBytes(SmallModel.tone(folder.resolve("mono.wav"), 1));
    ByteBuffer samples = ByteBuffer.wrap(mono).order(ByteOrder.LITTLE_ENDIAN).position(44);
    int frames = samples.remaining() / Short.BYTES;
    ByteBuffer wav = ByteBuffer.allocate(44 + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * frames);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 2).putInt(SmallModel.RATE_HZ);
    wav.putInt(4 * SmallModel.RATE_HZ).putShort((short) 4).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * frames);
    for (int i = 0; i < frames; i++) {
      wav.putShort(samples.getShort()).putShort((short) 0);
    }
    return Files.write(folder.resolve("stereo.wav"), wav.array());
  }

  private static String[] with(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static List<JsonNode> json(String lines) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  @Test
  void givenStandardOutputThatIsFull_whenPredicted_thenTheCodeSaysThatNotAllIsThere() {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 1);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    int code =
        SerServe.run(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(full, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "predict",
            "--model",
            model.toString(),
            voice.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Standard output cannot be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u009b31mb", "a\u2028b"})
  void givenANameThatATerminalWouldObey_whenItIsNamed_thenNothingOfThatReachesIt(String name) {
    Run noModel = run("--model", name, "x.wav");
    Run noRecording = run("--model", model.toString(), name);

    for (Run run : List.of(noModel, noRecording)) {
      assertThat(run.code).isEqualTo(2);
      assertThat(run.err.strip()).doesNotContainPattern("[\\p{Cc}\\u2028]").contains("?");
    }
  }

  private static Run run(String... arguments) {
    return run(new byte[0], arguments);
  }

  private static Run run(byte[] in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SerServe.run(
            new ByteArrayInputStream(in),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            with(List.of("predict"), arguments));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record Run(int code, String out, String err) {}
}
