package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ser.jobs.error.UserError;
import ser.model.split.ValidationSpeakers;

/** Each key of reference.conf reaches the record of its job, or is refused by its name. */
class ConfigKeysTest {
  /** For each key a value that is neither the default nor what this test gives to those without. */
  private static final Map<String, String> OTHER_VALUES = otherValues();

  /** Keys that have one value yet: the record need not say it, but another one is refused. */
  private static final Map<String, String> REFUSED_VALUES = Map.of("ser.export.format", "pmml");

  @TempDir private static Path folder;

  private static KeyedRecords keys;

  @BeforeAll
  static void recipes() throws IOException {
    Files.writeString(folder.resolve("other.conf"), "");
    keys = KeyedRecords.in(folder);
  }

  private static Map<String, String> otherValues() {
    Map<String, String> values = new TreeMap<>();
    values.put("ser.audio.ffmpeg", "/other");
    values.put("ser.audio.ffmpeg-time-limit-s", "1.5");
    values.put("ser.audio.ffmpeg-max-audio-s", "60");
    values.put("ser.features.preset", "telephone");
    values.put("ser.features.sample-rate-hz", "native");
    values.put("ser.features.n-fft", "4096");
    values.put("ser.features.window-length-samples", "1024");
    values.put("ser.features.hop-length-samples", "256");
    values.put("ser.features.window", "hamming");
    values.put("ser.features.center", "false");
    values.put("ser.features.mel-bands", "64");
    values.put("ser.features.mel-scale", "htk");
    values.put("ser.features.mel-norm", "none");
    values.put("ser.features.power", "1");
    values.put("ser.features.contrast-f-min-hz", "100");
    values.put("ser.features.contrast-octaves", "5");
    values.put("ser.features.chroma-tuning", "-0.25");
    values.put("ser.features.pitch-f-min-hz", "50");
    values.put("ser.features.pitch-f-max-hz", "500");
    values.put("ser.features.pitch-trough-threshold", "0.2");
    values.put("ser.features.f-min-hz", "20.5");
    values.put("ser.features.f-max-hz", "8000");
    values.put("ser.features.top-db", "60");
    values.put("ser.features.mfcc-coefficients", "13");
    values.put("ser.features.columns", "log_mel,mfcc");
    values.put("ser.extract.input", "/other,/more");
    values.put("ser.extract.output", "/other");
    values.put("ser.extract.corpus", "ravdess,folders");
    values.put("ser.extract.manifest", "/other.csv");
    values.put("ser.extract.speaker-pattern", "^(?<speaker>[^/]+)/");
    values.put("ser.extract.min-duration-s", "1");
    values.put("ser.extract.max-duration-s", "30");
    values.put("ser.extract.silent-below", "0.01");
    values.put("ser.extract.max-failed-share", "0.5");
    values.put("ser.extract.partitions", "7");
    values.put("ser.extract.read-ahead", "3");
    values.put("ser.extract.augment.seed", "9000000000");
    values.put("ser.extract.augment.noise.copies", "2");
    values.put("ser.extract.augment.noise.snr-db", "0,5.5");
    values.put("ser.extract.augment.pitch.copies", "2");
    values.put("ser.extract.augment.pitch.semitones", "[-1, 1]");
    values.put("ser.extract.augment.stretch.copies", "2");
    values.put("ser.extract.augment.stretch.rate", "[1, 1.1]");
    values.put("ser.extract.augment.speed.copies", "0.25");
    values.put("ser.extract.augment.speed.factor", "[1, 1.1]");
    values.put("ser.extract.augment.telephone.copies", "2");
    values.put("ser.extract.augment.telephone.law", "a_law");
    values.put("ser.train.variants", "noise,pitch");
    values.put("ser.extract.reprocess-quarantine", "true");
    values.put("ser.extract.file-bytes", "1000000");
    values.put("ser.extract.task-bytes", "1000000");
    values.put("ser.train.features", "/other");
    values.put("ser.train.output", "/other");
    values.put("ser.train.recipe", "other");
    values.put("ser.train.layers", "conv 8 3x3,relu");
    values.put("ser.train.input.channels", "log_mel:13");
    values.put("ser.train.input.frames", "64");
    values.put("ser.train.input.crop", "start");
    values.put("ser.train.input.padding", "mean");
    values.put("ser.train.input.trim-db", "40");
    values.put("ser.train.input.trim", "everywhere");
    values.put("ser.train.input.level", "relative");
    values.put("ser.train.split", "random");
    values.put("ser.train.folds", "speakers");
    values.put("ser.train.fold", "all");
    values.put("ser.train.test-speakers", "ravdess-01,ravdess-02");
    values.put("ser.train.validation-speakers", "none");
    values.put("ser.train.test-corpora", "[emodb]");
    values.put("ser.train.random-test-share", "0.15");
    values.put("ser.train.random-validation-share", "0");
    values.put("ser.train.emotions", "sad,angry");
    values.put("ser.train.normalise", "speaker");
    values.put("ser.train.speaker-prior-s", "7.5");
    values.put("ser.train.speaker-deviation", "corpus");
    values.put("ser.train.speaker-mixes", "4");
    values.put("ser.train.speaker-scores", "true");
    values.put("ser.train.seed", "9000000000");
    values.put("ser.train.epochs", "3");
    values.put("ser.train.least-epochs", "4");
    values.put("ser.train.least-rows-seen", "1000");
    values.put("ser.train.monitor", "loss");
    values.put("ser.train.patience", "2");
    values.put("ser.train.learning-rate", "0.01");
    values.put("ser.train.optimiser", "sgd");
    values.put("ser.train.initial-weights", "fan-in-uniform");
    values.put("ser.train.weight-decay", "0.01");
    values.put("ser.train.label-smoothing", "0.1");
    values.put("ser.train.splice-share", "0.5");
    values.put("ser.train.mixup-alpha", "0.2");
    values.put("ser.train.spec-augment.row-masks", "1");
    values.put("ser.train.spec-augment.rows", "4");
    values.put("ser.train.spec-augment.frame-masks", "1");
    values.put("ser.train.spec-augment.frames", "4");
    values.put("ser.train.schedule", "one-cycle");
    values.put("ser.train.plateau-patience", "2");
    values.put("ser.train.plateau-factor", "0.1");
    values.put("ser.train.class-weights", "none");
    values.put("ser.train.batch-size-per-worker", "4");
    values.put("ser.train.averaging-frequency", "1");
    values.put("ser.train.workers", "2");
    values.put("ser.train.prefetch-batches", "2");
    values.put("ser.train.aggregation-depth", "3");
    values.put("ser.train.checkpoints.every-epochs", "5");
    values.put("ser.train.checkpoints.keep", "3");
    values.put("ser.train.batch-norm-rows", "100");
    values.put("ser.evaluate.model", "/other");
    values.put("ser.evaluate.leak-gap", "true");
    values.put("ser.evaluate.features", "/other");
    values.put("ser.evaluate.output", "/other");
    values.put("ser.evaluate.rows", "all");
    values.put("ser.tune.output", "/other");
    values.put("ser.tune.trials", "5");
    values.put("ser.tune.method", "halving");
    values.put("ser.tune.halving-factor", "2");
    values.put("ser.tune.score", "uar");
    values.put("ser.tune.layers", "conv 8 3x3,relu");
    values.put("ser.mlflow.tracking-uri", "http://other:5000");
    values.put("ser.mlflow.experiment", "other");
    values.put("ser.export.model", "/other");
    values.put("ser.export.output", "/other");
    values.put("ser.train.abstain.target-accuracy", "0.7");
    values.put("ser.train.abstain.at-most", "0.7");
    values.put("ser.score.model", "/other");
    values.put("ser.score.engine", "onnx");
    values.put("ser.score.input", "/other");
    values.put("ser.score.output", "/other");
    values.put("ser.score.window-s", "1.5");
    values.put("ser.score.hop-s", "0.5");
    values.put("ser.score.customer-channel", "mixed");
    values.put("ser.score.path-pattern", "date=…/(?<id>…).wav");
    values.put("ser.score.manifest", "/other");
    values.put("ser.score.partition-by", "date");
    values.put("ser.score.speech-above-dbfs", "-40");
    values.put("ser.score.speech-crossings-per-s", "100,4000");
    values.put("ser.score.speech-min-s", "0.5");
    values.put("ser.score.abstain-below", "0.5");
    values.put("ser.score.smoothing-windows", "5");
    values.put("ser.score.reprocess-quarantine", "true");
    values.put("ser.score.max-failed-share", "1");
    values.put("ser.score.partitions", "7");
    values.put("ser.score.read-ahead", "3");
    values.put("ser.score.task-bytes", "1000000");
    values.put("ser.score.report.negative-emotions", "angry,bored");
    values.put("ser.score.report.worst-calls", "3");
    values.put("ser.score.report.least-speech-s", "0.5");
    values.put("ser.score.drift.emotion-psi", "0.5");
    values.put("ser.score.drift.confidence-change", "0.25");
    values.put("ser.score.drift.input-shift", "1.5");
    values.put("ser.score.drift.narrow-share", "0.5");
    values.put("ser.score.split-bytes", "1000000");
    values.put("ser.forget.output", "/other");
    values.put("ser.forget.recordings", "other.wav,b/*");
    values.put("ser.forget.before", "2026-01-31");
    values.put("ser.compact.output", "/other");
    values.put("ser.compact.file-bytes", "1000000");
    return values;
  }

  static Stream<String> keys() {
    Config reference = ConfigFactory.parseResources(ConfigSources.class, "/reference.conf");
    return reference.entrySet().stream().map(Map.Entry::getKey).sorted();
  }

  @Test
  void givenTheTablesOfThisTest_whenCompared_thenTheyHaveTheKeysOfTheReference() {
    TreeSet<String> known = new TreeSet<>(OTHER_VALUES.keySet());
    known.addAll(REFUSED_VALUES.keySet());

    assertThat(known)
        .as("keys with a value in this test")
        .containsExactlyElementsOf(keys().toList());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenChanged_thenTheRecordOfItsJobChanges(String key) throws IOException {
    String other = OTHER_VALUES.get(key);
    if (other == null) {
      assertThat(REFUSED_VALUES)
          .as("values of '%s', which this test does not know", key)
          .containsKey(key);
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> KeyedRecords.of(key, keys.load(Map.of(key, REFUSED_VALUES.get(key)))))
          .withMessageContaining(key);
      return;
    }

    assertThat(KeyedRecords.of(key, keys.load(KeyedRecords.withItsColumn(key, other))))
        .as("what is read with %s = %s", key, other)
        .isNotEqualTo(KeyedRecords.of(key, keys.load(withoutIt(key))))
        .isEqualTo(KeyedRecords.of(key, keys.load(KeyedRecords.withItsColumn(key, other))));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsNull_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("null.conf");
    Files.writeString(file, key + " = null");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> KeyedRecords.of(key, keys.load(file.toString())))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsAGroup_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("group.conf");
    Files.writeString(file, "\n" + key + " { a = 1 }");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> KeyedRecords.of(key, keys.load(file.toString())))
        .withMessageContaining(key);
  }

  private static Map<String, String> withoutIt(String key) {
    Map<String, String> values = KeyedRecords.withItsColumn(key, "");
    values.remove(key);
    return values;
  }

  @Test
  void givenTrimEverywhere_whenNothingIsTrimmed_thenItIsRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                TrainConfig.from(
                    keys.load(
                        Map.of(
                            "ser.train.input.trim", "everywhere",
                            "ser.train.input.trim-db", "none"))))
        .withMessageContaining("ser.train.input.trim")
        .withMessageContaining("set trim-db, or trim = ends");
  }

  @Test
  void givenAWrongTypeInAFile_whenRead_thenTheErrorNamesFileLineAndValue() throws IOException {
    Path file = folder.resolve("wrong.conf");
    Files.writeString(file, "ser.train {\n  epochs = many\n}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TrainConfig.from(keys.load(file.toString())))
        .withMessageContaining("ser.train.epochs in %s: 2: 'many'", file);
  }

  @ParameterizedTest
  @CsvSource({
    "ser.score.speech-crossings-per-s, '[100, 4000]', '100,4000'",
    "ser.train.emotions, '[happy,sad]', 'happy,sad'",
    "ser.train.emotions, [common], common",
    "ser.train.variants, '[\"noise\", pitch]', 'noise,pitch'",
    "ser.train.variants, [all], all",
    "ser.train.validation-speakers, [ravdess-02], ravdess-02",
    "ser.train.validation-speakers, '[ravdess-02, a:b//c]', 'ravdess-02,a:b//c'",
    "ser.train.validation-speakers, [none], none",
    "ser.extract.corpus, '[ravdess, folders]', 'ravdess,folders'"
  })
  void givenAListInBrackets_whenTheKeyMayBeAWordToo_thenItIsThatList(
      String key, String inBrackets, String plain) {
    assertThat(KeyedRecords.of(key, keys.load(Map.of(key, inBrackets))))
        .isEqualTo(KeyedRecords.of(key, keys.load(Map.of(key, plain))));
  }

  @Test
  void givenANameWithACommaInBrackets_whenTheKeyMayBeAWordToo_thenItIsOneName() {
    Config config = keys.load(Map.of("ser.train.validation-speakers", "[\"a,b\"]"));

    assertThat(TrainConfig.from(config).split().validation())
        .isEqualTo(ValidationSpeakers.named(List.of("a,b")));
  }
}
