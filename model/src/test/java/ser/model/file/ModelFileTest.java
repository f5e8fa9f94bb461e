package ser.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.spec.FeatureSpec;
import ser.model.Emotion;
import ser.model.Serialised;
import ser.model.input.InputFit;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.input.Normaliser;
import ser.model.split.HeldOut;
import ser.model.split.SpeakerSplit;

class ModelFileTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A small model with a value of every kind; the same for the same seed. */
  static ModelFile model(long seed) {
    Random random = new Random(seed);
    FeatureSpec spec = FeatureSpec.telephone();
    int bands = spec.mel().bands();
    Map<String, Tensor> weights = new TreeMap<>();
    weights.put("conv1/W", new Tensor(new int[] {4, 1, 3, 3}, floats(random, 36)));
    weights.put("conv1/b", new Tensor(new int[] {4}, floats(random, 4)));
    weights.put("out/W", new Tensor(new int[] {4, 2}, floats(random, 8)));
    float[] deviation = floats(random, bands);
    for (int i = 0; i < bands; i++) {
      deviation[i] = 1 + Math.abs(deviation[i]);
    }
    return new ModelFile(
        new Architecture("mel-cnn4-gap", List.of("conv 4 3x3", "dense 2")),
        List.of(Emotion.SAD, Emotion.ANGRY),
        new ModelInput(
            spec,
            InputSpec.logMel(bands, 130, 80),
            new Normaliser(floats(random, bands), deviation)),
        new TreeMap<>(weights),
        new Provenance(
            new SpeakerSplit(Set.of("ravdess-01", "ravdess-02"), Set.of(), Set.of("emodb-03"), -7),
            Long.MIN_VALUE,
            JSON.objectNode().put("uar", 0.5),
            new TrainingData(
                List.of(new TrainingData.Table("s3a://bucket/ä b/features", 1_200)),
                new TreeMap<>(Map.of("ravdess", "CC BY-NC-SA 4.0", "emodb", "CC0-1.0"))),
            "0123abc",
            "ser.train {\n  seed = 1\n}\n"));
  }

  @Test
  void givenModel_whenReadBack_thenItIsEqualToTheLastBit() throws ModelFileException {
    ModelFile model = model(1);

    ModelFile read = ModelFile.read(model.toBytes(), "model.safetensors");

    assertThat(read).isEqualTo(model);
    assertThat(read.toBytes()).isEqualTo(model.toBytes());
    assertThat(read.modelId()).isEqualTo(model.modelId());
    assertThat(Serialised.copyOf(model)).isEqualTo(model);
  }

  @Test
  void givenACalibratedModel_whenReadBack_thenItSaysSoAndOthersNeedNot() throws ModelFileException {
    ModelFile model = model(1);
    ModelFile calibrated = model.with(new ModelCalibration(1.375, 0.61, 120));

    assertThat(ModelFile.read(calibrated.toBytes(), "m")).isEqualTo(calibrated);
    assertThat(calibrated.metadata())
        .containsEntry(
            "calibration", "{\"temperature\":1.375,\"abstain_below\":0.61,\"recordings\":120}")
        .as("older readers get calibrated probabilities by the weights")
        .containsEntry("schema_version", "2");
    assertThat(model.metadata()).doesNotContainKey("calibration");
    assertThat(model.calibration()).isEqualTo(ModelCalibration.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"temperature\":0,\"abstain_below\":0.5,\"recordings\":1}",
        "{\"temperature\":1,\"abstain_below\":1.5,\"recordings\":1}",
        "{\"temperature\":1,\"abstain_below\":0.5,\"recordings\":-1}",
        "{\"temperature\":\"1\",\"abstain_below\":0.5,\"recordings\":1}"
      })
  void givenAnImpossibleCalibration_whenRead_thenItIsRefusedByItsKey(String text) {
    Map<String, String> metadata = new TreeMap<>(model(1).metadata());
    metadata.put("calibration", text);
    byte[] bytes = Safetensors.of(metadata, model(1).weights()).toBytes();

    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> ModelFile.read(bytes, "m"))
        .withMessageContaining("'calibration'");
  }

  static Stream<HeldOut> waysOfHoldingOut() {
    return Stream.of(
        new HeldOut.Draw(),
        new HeldOut.Fold(2, 5),
        new HeldOut.Named(),
        new HeldOut.Corpora(List.of("emodb", "tess")));
  }

  @ParameterizedTest
  @MethodSource("waysOfHoldingOut")
  void givenAModelBySpeaker_whenReadBack_thenItSaysHowItIsNormalisedAndWhoWasHeldOut(
      HeldOut heldOut) throws ModelFileException {
    ModelFile corpus = model(1);
    Provenance from = corpus.provenance();
    ModelFile model =
        new ModelFile(
            corpus.architecture(),
            corpus.labels(),
            new ModelInput(
                corpus.input().featureSpec(),
                corpus.input().inputSpec(),
                corpus.input().normaliser(),
                new Normalisation.Speaker(12.5, Deviation.CORPUS)),
            corpus.weights(),
            new Provenance(
                new SpeakerSplit(Set.of("a"), Set.of("b"), Set.of("c"), 4, heldOut),
                from.seed(),
                from.metrics(),
                from.data(),
                from.commit(),
                from.configuration()));

    assertThat(ModelFile.read(model.toBytes(), "m")).isEqualTo(model);
    assertThat(Safetensors.read(model.toBytes()).metadata())
        .as("older readers would use the training set's statistics")
        .containsEntry("schema_version", "3");
    assertThat(Safetensors.read(corpus.toBytes()).metadata())
        .as("older readers may go on")
        .containsEntry("schema_version", "2");
  }

  @Test
  void givenAModelOfAnotherKindOfInput_whenReadBack_thenItIsAndOlderReadersRefuseIt()
      throws ModelFileException {
    for (InputFit.Trim trim : InputFit.Trim.values()) {
      for (InputFit.Level level : InputFit.Level.values()) {
        ModelFile model = fitted(trim, level);
        boolean first = trim == InputFit.Trim.ENDS && level == InputFit.Level.ABSOLUTE;

        assertThat(ModelFile.read(model.toBytes(), "m")).isEqualTo(model);
        assertThat(Safetensors.read(model.toBytes()).metadata())
            .containsEntry("schema_version", first ? "2" : "4");
      }
    }
  }

  private static ModelFile fitted(InputFit.Trim trim, InputFit.Level level) {
    ModelFile model = model(1);
    InputSpec input = model.input().inputSpec();
    return new ModelFile(
        model.architecture(),
        model.labels(),
        new ModelInput(
            model.input().featureSpec(),
            new InputSpec(
                input.channels(),
                new InputFit(
                    input.frames(), input.fit().crop(), InputFit.Padding.MEAN, 40, trim, level),
                input.topDb()),
            model.input().normaliser(),
            model.input().normalisation()),
        model.weights(),
        model.provenance());
  }

  @Test
  void givenAFileWithoutTheRule_whenRead_thenItIsNormalisedByItsTrainingSet()
      throws ModelFileException {
    Map<String, String> metadata = new TreeMap<>(Safetensors.read(model(1).toBytes()).metadata());
    metadata.computeIfPresent(
        "normaliser", (key, text) -> text.replace("\"normalise\":\"corpus\",", ""));
    metadata.computeIfPresent("split", (key, text) -> text.replace("\"held_out\":\"draw\",", ""));
    assertThat(metadata.get("normaliser") + metadata.get("split"))
        .doesNotContain("normalise\"", "held_out");

    assertThat(ModelFile.read(Safetensors.of(metadata, model(1).weights()).toBytes(), "m"))
        .isEqualTo(model(1));
  }

  @Test
  void givenAFileThatIsWrittenOtherwiseToday_whenRead_thenItsIdIsTheHashOfThatFile()
      throws Exception {
    Map<String, String> metadata = new TreeMap<>(model(1).metadata());
    metadata.put("of_another_program", "yes");
    byte[] bytes = Safetensors.of(metadata, model(1).weights()).toBytes();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);

    ModelFile read = ModelFile.read(bytes, "m");

    assertThat(read).isEqualTo(model(1)).hasSameHashCodeAs(model(1));
    assertThat(read.modelId())
        .isEqualTo(HexFormat.of().formatHex(hash).substring(0, 16))
        .isNotEqualTo(model(1).modelId());
    assertThat(read.with(new ModelCalibration(2, 0.5, 60)).modelId())
        .as("what is made of it is a model of its own")
        .isEqualTo(model(1).with(new ModelCalibration(2, 0.5, 60)).modelId());
  }

  @Test
  void givenAModelThatLosesItsRule_whenRead_thenItIsRefusedByItsVersion() {
    ModelFile model = fitted(InputFit.Trim.EVERYWHERE, InputFit.Level.RELATIVE);
    Map<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.computeIfPresent(
        "input", (key, text) -> text.replace("\"trim\"", "\"trin\"").replace("level", "lewel"));
    byte[] bytes = Safetensors.of(metadata, model.weights()).toBytes();

    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> ModelFile.read(bytes, "m"))
        .withMessageContainingAll("schema version is 4", "version 2");
  }

  @Test
  void givenAVarianceBelowZero_whenRead_thenItIsRefused() {
    Map<String, Tensor> weights = new TreeMap<>(model(1).weights());
    weights.put("bn1.running_var", new Tensor(new int[] {2}, new float[] {1, -0.5f}));
    byte[] bytes = Safetensors.of(model(1).metadata(), weights).toBytes();

    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> ModelFile.read(bytes, "m"))
        .withMessageContainingAll("bn1.running_var", "-0.5");
  }

  @Test
  void givenModel_whenNamed_thenIdIsTheHashOfTheFile() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(model(1).toBytes());

    assertThat(model(1).modelId())
        .hasSize(16)
        .isEqualTo(HexFormat.of().formatHex(hash).substring(0, 16))
        .isNotEqualTo(model(2).modelId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels | [\"sad\",\"rage\"] | 'labels' in its __metadata__: No emotion is called 'rage'",
        "labels | {} | it is not a JSON array",
        "labels | [\"sad\",\"sad\"] | must not be empty nor repeat one",
        "seed | 1.5 | 'seed' in its __metadata__: For input string: \"1.5\"",
        "feature_spec | {} | 'feature_spec' in its __metadata__: feature settings lack",
        "input | {\"channels\":[[\"log_mel:41\"]],\"frames\":130,\"crop\":\"centre\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | the input needs 41 rows of log_mel",
        "input | {\"channels\":[[\"log_mel:39\"]],\"frames\":130,\"crop\":\"centre\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | the input has 39 rows and the normaliser 40",
        "input | {\"channels\":[[\"log_mel:40\"]],\"frames\":130,\"crop\":\"middle\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | 'middle' is none of [centre, start, windows]",
        "input | {\"channels\":[[],[]],\"frames\":130,\"crop\":\"centre\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | must be equally high, at least 1",
        "input | {\"channels\":[[\"log_mel:40\"]],\"frames\":4294967296,\"crop\":\"centre\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | a smaller number as frames",
        "input | {\"channels\":[[\"log_mel:40\"]],\"crop\":\"centre\",\"padding\":\"silence\",\"trim_db\":0,\"top_db\":80} | a whole number as frames",
        "normaliser | {\"mean\":[1],\"deviation\":[1,2]} | 1 means and 2 deviations",
        "normaliser | {\"mean\":[1e99],\"deviation\":[1]} | mean Infinity of band 0 must be finite",
        "split | {\"protocol\":\"speakers\",\"seed\":1,\"training\":[\"a\"],\"validation\":[],\"test\":[\"a\"]} | speakers [a] stand on two sides",
        "data | [{\"path\":\"p\",\"rows\":-1}] | no negative count",
        "metrics | [] | 'metrics' in its __metadata__: it is not a JSON object",
        "schema_version | 1 | its schema version is 1, and this version of ser reads 2 to 5",
        "normaliser | {\"mean\":[1],\"deviation\":[1],\"normalise\":\"speaker\",\"speaker_deviation\":\"blended\"} | expected a number",
        "normaliser | {\"mean\":[1],\"deviation\":[1],\"normalise\":\"window\"} | normalise 'window' is unknown",
        "split | {\"protocol\":\"speakers\",\"seed\":1,\"training\":[\"a\"],\"validation\":[],\"test\":[\"b\"],\"held_out\":\"fold\",\"fold\":3,\"folds\":2} | fold 3 of 2",
      })
  void givenMetadataThatCannotBe_whenRead_thenErrorNamesTheKey(
      String key, String value, String message) throws ModelFileException {
    Map<String, String> metadata = new TreeMap<>(Safetensors.read(model(1).toBytes()).metadata());
    metadata.put(key, value);
    byte[] bytes = Safetensors.of(metadata, model(1).weights()).toBytes();

    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> ModelFile.read(bytes, "a/model.safetensors"))
        .withMessageStartingWith("Cannot read model file a/model.safetensors: ")
        .withMessageContaining(message)
        .withMessageEndingWith("or make a new one with 'ser train'.");
  }

  @Test
  void givenAnyKeyMissing_whenRead_thenErrorNamesIt() throws ModelFileException {
    Map<String, String> complete = Safetensors.read(model(1).toBytes()).metadata();
    for (String key : complete.keySet()) {
      Map<String, String> metadata = new TreeMap<>(complete);
      metadata.remove(key);
      byte[] bytes = Safetensors.of(metadata, model(1).weights()).toBytes();
      assertThatExceptionOfType(ModelFileException.class)
          .isThrownBy(() -> ModelFile.read(bytes, "m"))
          .withMessageContaining("'" + key + "'");
    }
  }

  @Test
  void givenUnknownKey_whenRead_thenItIsPassedOver() throws ModelFileException {
    Map<String, String> metadata = new TreeMap<>(Safetensors.read(model(1).toBytes()).metadata());
    metadata.put("format", "pt");
    assertThat(ModelFile.read(Safetensors.of(metadata, model(1).weights()).toBytes(), "m"))
        .isEqualTo(model(1));
  }

  @Test
  void givenWeightThatIsNotFinite_whenMadeAModel_thenRefusedByName() {
    ModelFile model = model(1);
    Map<String, Tensor> weights = new TreeMap<>(model.weights());
    weights.put("out/b", new Tensor(new int[] {1}, new float[] {Float.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ModelFile.of(
                    model.architecture(),
                    model.labels(),
                    model.input(),
                    weights,
                    model.provenance()))
        .withMessage("weight 'out/b' holds the value NaN, and only finite ones can be used");
  }

  @Test
  void givenTwoThousandCorruptions_whenRead_thenEachIsAModelOrOneTypedException() {
    byte[] whole = model(1).toBytes();
    int refused = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      byte[] corrupt = corrupted(whole, new Random(seed));
      try {
        ModelFile.read(corrupt, "m").modelId();
      } catch (ModelFileException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  /** Flips bits, truncates, overwrites or repeats pieces; mostly in the header. */
  private static byte[] corrupted(byte[] whole, Random random) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : whole) {
      bytes.add(b);
    }
    for (int i = 0; i <= random.nextInt(4); i++) {
      int end = random.nextInt(10) == 0 ? bytes.size() : Math.min(bytes.size(), 4_000);
      int at = random.nextInt(end);
      switch (random.nextInt(6)) {
        case 0 -> bytes.set(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
        case 1 -> bytes.set(at, (byte) random.nextInt(256));
        case 2 -> bytes.set(at, (byte) "0123456789-[]{},:\"\\ ".charAt(random.nextInt(20)));
        case 3 -> bytes.set(random.nextInt(8), (byte) random.nextInt(256));
        case 4 -> bytes = new ArrayList<>(bytes.subList(0, at + 1));
        default -> bytes.addAll(at, List.copyOf(bytes.subList(at, Math.min(at + 9, end))));
      }
      if (bytes.size() < 9) {
        break;
      }
    }
    byte[] corrupt = new byte[bytes.size()];
    for (int i = 0; i < corrupt.length; i++) {
      corrupt[i] = bytes.get(i);
    }
    return corrupt;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 10;
    }
    return values;
  }
}
