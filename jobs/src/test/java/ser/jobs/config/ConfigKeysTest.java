package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @BeforeAll
  static void recipes() throws IOException {
    Files.writeString(folder.resolve("mel-cnn4-gap.conf"), "");
    Files.writeString(folder.resolve("other.conf"), "");
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
          .isThrownBy(() -> records(key, load(Map.of(key, REFUSED_VALUES.get(key)))))
          .withMessageContaining(key);
      return;
    }

    assertThat(records(key, load(withItsColumn(key, other))))
        .as("what is read with %s = %s", key, other)
        .isNotEqualTo(records(key, load(withoutIt(key))))
        .isEqualTo(records(key, load(withItsColumn(key, other))));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsNull_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("null.conf");
    Files.writeString(file, key + " = null");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(file.toString())))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsAGroup_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("group.conf");
    Files.writeString(file, "\n" + key + " { a = 1 }");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(file.toString())))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "ser.audio.ffmpeg, ''",
    "ser.audio.ffmpeg-time-limit-s, 0",
    "ser.audio.ffmpeg-time-limit-s, long",
    "ser.audio.ffmpeg-max-audio-s, NaN",
    "ser.features.preset, studio",
    "ser.features.sample-rate-hz, fast",
    "ser.features.sample-rate-hz, 999",
    "ser.features.sample-rate-hz, 0",
    "ser.features.sample-rate-hz, 22050.5",
    "ser.features.n-fft, 1000",
    "ser.features.n-fft, 1e99",
    "ser.features.window-length-samples, 0",
    "ser.features.window-length-samples, 2049",
    "ser.features.hop-length-samples, -1",
    "ser.features.hop-length-samples, 10ms",
    "ser.features.mel-bands, 0",
    "ser.features.f-min-hz, -1",
    "ser.features.f-min-hz, NaN",
    "ser.features.f-max-hz, 12000",
    "ser.features.f-max-hz, NaN",
    "ser.features.top-db, 0",
    "ser.features.mfcc-coefficients, 129",
    "ser.features.window, kaiser",
    "ser.features.center, middle",
    "ser.features.mel-scale, bark",
    "ser.features.mel-norm, 1",
    "ser.features.power, 3",
    "ser.features.contrast-f-min-hz, 0",
    "ser.features.contrast-octaves, 7",
    "ser.features.chroma-tuning, 0.5",
    "ser.features.chroma-tuning, auto",
    "ser.features.pitch-f-min-hz, 5",
    "ser.features.pitch-f-max-hz, 12000",
    "ser.features.pitch-trough-threshold, 0",
    "ser.features.columns, loudness",
    "ser.features.columns, ''",
    "ser.extract.input, ''",
    "ser.extract.input, ','",
    "ser.extract.output, ' '",
    "ser.extract.corpus, ''",
    "ser.extract.speaker-pattern, (?<speaker>",
    "ser.extract.speaker-pattern, ^([^/]+)/",
    "ser.extract.min-duration-s, -1",
    "ser.extract.min-duration-s, NaN",
    "ser.extract.max-duration-s, 0",
    "ser.extract.max-duration-s, long",
    "ser.extract.silent-below, 2",
    "ser.extract.max-failed-share, 1.01",
    "ser.extract.max-failed-share, 5%",
    "ser.extract.task-bytes, 0",
    "ser.extract.task-bytes, 1.5",
    "ser.extract.partitions, -1",
    "ser.extract.read-ahead, -1",
    "ser.extract.read-ahead, 65",
    "ser.extract.reprocess-quarantine, perhaps",
    "ser.extract.file-bytes, 0",
    "ser.extract.partitions, 2.7",
    "ser.extract.partitions, NaN",
    "ser.extract.augment.seed, x",
    "ser.extract.augment.noise.copies, -1",
    "ser.extract.augment.noise.copies, NaN",
    "ser.extract.augment.noise.copies, many",
    "ser.extract.augment.noise.snr-db, 10",
    "ser.extract.augment.noise.snr-db, '10,20,30'",
    "ser.extract.augment.noise.snr-db, '30,10'",
    "ser.extract.augment.noise.snr-db, 'low,high'",
    "ser.extract.augment.pitch.copies, 101",
    "ser.extract.augment.pitch.semitones, '-13,0'",
    "ser.extract.augment.stretch.rate, '0.1,1'",
    "ser.extract.augment.speed.factor, '1,NaN'",
    "ser.extract.augment.telephone.law, gsm",
    "ser.train.variants, echo",
    "ser.train.variants, 'all,noise'",
    "ser.train.features, ''",
    "ser.train.output, ''",
    "ser.train.layers, lstm 64",
    "ser.train.input.channels, loudness",
    "ser.train.input.channels, 'mfcc:13,zcr'",
    "ser.train.input.frames, 0",
    "ser.train.input.crop, end",
    "ser.train.input.padding, 0",
    "ser.train.input.trim-db, -1",
    "ser.train.input.trim, middle",
    "ser.train.input.level, loud",
    "ser.train.split, folds",
    "ser.train.optimiser, adagrad",
    "ser.train.initial-weights, lecun",
    "ser.train.weight-decay, -0.1",
    "ser.train.weight-decay, NaN",
    "ser.train.label-smoothing, 1",
    "ser.train.mixup-alpha, 3",
    "ser.train.splice-share, 1.5",
    "ser.train.spec-augment.row-masks, -1",
    "ser.train.spec-augment.rows, 0",
    "ser.train.spec-augment.frame-masks, 17",
    "ser.train.spec-augment.frames, 0.5",
    "ser.train.folds, 1",
    "ser.train.folds, many",
    "ser.train.fold, 0",
    "ser.train.fold, 6",
    "ser.train.fold, first",
    "ser.train.validation-speakers, ''",
    "ser.train.random-test-share, 0",
    "ser.train.random-validation-share, 0.9",
    "ser.train.emotions, joy",
    "ser.train.emotions, sad",
    "ser.train.normalise, window",
    "ser.train.speaker-prior-s, -1",
    "ser.train.speaker-prior-s, NaN",
    "ser.train.speaker-deviation, own",
    "ser.train.speaker-mixes, 101",
    "ser.train.speaker-scores, corpus",
    "ser.train.schedule, cosine",
    "ser.train.plateau-patience, 0",
    "ser.train.plateau-factor, 1",
    "ser.train.seed, x",
    "ser.train.seed, 1.5",
    "ser.train.epochs, 0",
    "ser.train.epochs, many",
    "ser.train.least-epochs, 0",
    "ser.train.least-rows-seen, 0",
    "ser.train.least-rows-seen, 9000000000",
    "ser.train.monitor, uar",
    "ser.train.patience, 0",
    "ser.train.learning-rate, 0",
    "ser.train.learning-rate, NaN",
    "ser.train.class-weights, some",
    "ser.train.batch-size-per-worker, 1",
    "ser.train.averaging-frequency, 0",
    "ser.train.workers, -1",
    "ser.train.prefetch-batches, -1",
    "ser.train.aggregation-depth, 0",
    "ser.train.checkpoints.every-epochs, -1",
    "ser.train.checkpoints.keep, 0",
    "ser.train.batch-norm-rows, 1",
    "ser.train.abstain.target-accuracy, 1.5",
    "ser.train.abstain.target-accuracy, most",
    "ser.train.abstain.at-most, -1",
    "ser.evaluate.model, ''",
    "ser.evaluate.leak-gap, perhaps",
    "ser.evaluate.features, ''",
    "ser.evaluate.output, ''",
    "ser.evaluate.rows, some",
    "ser.tune.output, ''",
    "ser.tune.trials, 0",
    "ser.tune.trials, many",
    "ser.tune.method, grid",
    "ser.tune.halving-factor, 1",
    "ser.tune.score, accuracy",
    "ser.tune.layers, 'conv {} 3x3'",
    "ser.mlflow.tracking-uri, /mlruns",
    "ser.mlflow.tracking-uri, 'http://me:secret@host'",
    "ser.mlflow.tracking-uri, 'not a uri'",
    "ser.mlflow.experiment, ''",
    "ser.score.model, ''",
    "ser.score.input, ''",
    "ser.score.output, ''",
    "ser.score.window-s, 0",
    "ser.score.window-s, short",
    "ser.score.hop-s, -1",
    "ser.score.customer-channel, -1",
    "ser.score.customer-channel, left",
    "ser.score.customer-channel, 0.5",
    "ser.score.path-pattern, '(?<id>.'",
    "ser.score.path-pattern, calls",
    "ser.score.path-pattern, '(?<emotion>.)'",
    "ser.score.path-pattern, '(?<p_Angry>.)'",
    "ser.score.partition-by, agent",
    "ser.score.speech-above-dbfs, 1",
    "ser.score.speech-above-dbfs, NaN",
    "ser.score.speech-above-dbfs, loud",
    "ser.score.speech-crossings-per-s, '100'",
    "ser.score.speech-crossings-per-s, '4000,100'",
    "ser.score.speech-crossings-per-s, few",
    "ser.score.speech-min-s, -1",
    "ser.score.speech-min-s, NaN",
    "ser.score.abstain-below, -0.1",
    "ser.score.abstain-below, never",
    "ser.score.abstain-below, 1.5",
    "ser.score.smoothing-windows, 0",
    "ser.score.smoothing-windows, 4",
    "ser.score.max-failed-share, -0.1",
    "ser.score.task-bytes, -1",
    "ser.score.split-bytes, 0",
    "ser.score.partitions, -1",
    "ser.score.read-ahead, -1",
    "ser.score.read-ahead, 65",
    "ser.score.report.negative-emotions, cross",
    "ser.score.report.worst-calls, 101",
    "ser.score.report.least-speech-s, -1",
    "ser.score.drift.emotion-psi, 0",
    "ser.score.drift.confidence-change, 2",
    "ser.score.drift.input-shift, -1",
    "ser.score.drift.narrow-share, 1.5",
    "ser.forget.output, ''",
    "ser.forget.recordings, ''",
    "ser.forget.before, ''",
    "ser.forget.before, yesterday",
    "ser.forget.before, 2026-02-30",
    "ser.forget.before, 2026-01-31T12:00",
    "ser.compact.output, ''",
    "ser.compact.file-bytes, 0",
    "ser.compact.file-bytes, 256m"
  })
  void givenAKey_whenItsValueIsWrong_thenTheErrorNamesTheKey(String key, String wrong) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(withItsColumn(key, wrong))))
        .withMessageContaining(key)
        .withMessageNotContaining("\n");
  }

  /** Some settings count only where another one asks for what they are about. */
  private static Map<String, String> withItsColumn(String key, String value) {
    Map<String, String> values = new TreeMap<>(Map.of(key, value));
    if (key.matches("ser\\.features\\.(contrast|chroma|pitch)-.*")) {
      values.put("ser.features.columns", "spectral_contrast,chroma,pitch");
    }
    if (key.equals("ser.train.fold")) {
      values.put("ser.train.folds", "5");
    }
    if (key.startsWith("ser.train.least-")) {
      values.put("ser.train.epochs", "auto");
    }
    if (key.startsWith("ser.train.speaker-")) {
      values.put("ser.train.normalise", "speaker");
    }
    if (key.equals("ser.score.partition-by")) {
      values.put("ser.score.path-pattern", "date=…/(?<id>…).wav");
    }
    if (key.startsWith("ser.audio.ffmpeg-")) {
      values.put("ser.audio.ffmpeg", "ffmpeg");
    }
    return values;
  }

  private static Map<String, String> withoutIt(String key) {
    Map<String, String> values = withItsColumn(key, "");
    values.remove(key);
    return values;
  }

  @Test
  void givenTestSpeakersChosenInTwoWays_whenRead_thenBothKeysAreNamed() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                TrainConfig.from(
                    load(Map.of("ser.train.folds", "5", "ser.train.test-corpora", "emodb"))))
        .withMessageContaining("ser.train.folds")
        .withMessageContaining("ser.train.test-corpora");
  }

  @ParameterizedTest
  @CsvSource({
    "ser.train.folds, 5",
    "ser.train.test-speakers, ravdess-01",
    "ser.train.validation-speakers, ravdess-01",
    "ser.train.test-corpora, emodb"
  })
  void givenARandomSplit_whenSpeakersAreChosen_thenItIsRefused(String key, String value) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TrainConfig.from(load(Map.of("ser.train.split", "random", key, value))))
        .withMessageContaining("ser.train.split: 'random'")
        .withMessageContaining(key.substring("ser.train.".length()));
  }

  @Test
  void givenARandomSplit_whenNobodyValidates_thenNoRecordingsDoEither() {
    SplitSettings split =
        TrainConfig.from(
                load(
                    Map.of(
                        "ser.train.split", "random",
                        "ser.train.random-test-share", "0.3",
                        "ser.train.validation-speakers", "none")))
            .split();

    assertThat(split.protocol()).isEqualTo(SplitProtocol.RANDOM);
    assertThat(split.shares()).isEqualTo(new SplitSettings.RandomShares(0.3, 0));
  }

  @Test
  void givenTrainingSpeakersWhoValidate_whenRead_thenTheirShareIsThatOfRandomSplits() {
    SplitSettings settings = validatedByTraining("speakers", "0.25");
    assertThat(settings.validation()).isEqualTo(new ValidationSpeakers.Training(0.25));
    assertThat(settings.validates()).isTrue();
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> validatedByTraining("speakers", "0"))
        .withMessageContaining("ser.train.random-validation-share");

    assertThat(validatedByTraining("random", "0.25").validates()).isTrue();
    assertThat(validatedByTraining("random", "0").validates()).isFalse();
  }

  private static SplitSettings validatedByTraining(String split, String share) {
    return TrainConfig.from(
            load(
                Map.of(
                    "ser.train.split", split,
                    "ser.train.random-validation-share", share,
                    "ser.train.validation-speakers", "training")))
        .split();
  }

  @Test
  void givenTrimEverywhere_whenNothingIsTrimmed_thenItIsRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                TrainConfig.from(
                    load(
                        Map.of(
                            "ser.train.input.trim", "everywhere",
                            "ser.train.input.trim-db", "none"))))
        .withMessageContaining("ser.train.input.trim")
        .withMessageContaining("set trim-db, or trim = ends");
  }

  @Test
  void givenFolds_whenOneIsTakenOrTheProtocolChanged_thenTheRestStays() {
    SplitSettings all =
        TrainConfig.from(load(Map.of("ser.train.folds", "5", "ser.train.fold", "all"))).split();
    SplitSettings third =
        TrainConfig.from(load(Map.of("ser.train.folds", "5", "ser.train.fold", "3"))).split();

    assertThat(all.allFolds()).isTrue();
    assertThat(third.allFolds()).isFalse();
    assertThat(all.withFold(3)).isEqualTo(third);
    assertThat(all.with(SplitProtocol.RANDOM).allFolds()).isFalse();
  }

  @Test
  void givenAWrongTypeInAFile_whenRead_thenTheErrorNamesFileLineAndValue() throws IOException {
    Path file = folder.resolve("wrong.conf");
    Files.writeString(file, "ser.train {\n  epochs = many\n}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TrainConfig.from(load(file.toString())))
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
    assertThat(records(key, load(Map.of(key, inBrackets))))
        .isEqualTo(records(key, load(Map.of(key, plain))));
  }

  @Test
  void givenANameWithACommaInBrackets_whenTheKeyMayBeAWordToo_thenItIsOneName() {
    Config config = load(Map.of("ser.train.validation-speakers", "[\"a,b\"]"));

    assertThat(TrainConfig.from(config).split().validation())
        .isEqualTo(ValidationSpeakers.named(List.of("a,b")));
  }

  /** The records that a key must reach: settings of features are read by two jobs. */
  private static List<Object> records(String key, Config config) {
    return switch (key.split("\\.")[1]) {
      case "audio" ->
          List.of(ExtractConfig.from(config).recordings(), ScoreConfig.from(config).recordings());
      case "extract" -> List.of(ExtractConfig.from(config));
      case "train", "mlflow" -> List.of(TrainConfig.from(config));
      case "evaluate" -> List.of(EvaluateConfig.from(config));
      case "tune" -> List.of(TuneConfig.from(config));
      case "export" -> List.of(ExportConfig.from(config));
      case "score" -> List.of(ScoreConfig.from(config));
      case "forget" -> List.of(ForgetConfig.from(config));
      case "compact" -> List.of(CompactConfig.from(config));
      default ->
          List.of(ExtractConfig.from(config).spec(), ScoreConfig.from(config).askedFeatures());
    };
  }

  /** What must be given, and what other keys need to have a meaning. */
  private static Map<String, String> always() {
    Map<String, String> settings = new LinkedHashMap<>(ConfigSourcesTest.REQUIRED);
    settings.put("ser.train.schedule", "plateau");
    settings.put("ser.train.input.trim-db", "30");
    return settings;
  }

  private static Config load(Map<String, String> settings) {
    return load(Optional.empty(), settings);
  }

  private static Config load(String file) {
    Config own = ConfigFactory.parseFile(Path.of(file).toFile());
    Map<String, String> required = new LinkedHashMap<>(always());
    // The command line would win over the file.
    required.keySet().removeIf(own.root().isEmpty() ? key -> false : own::hasPathOrNull);
    return load(Optional.of(file), required);
  }

  private static Config load(Optional<String> file, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(file.isPresent() ? Map.of() : always());
    all.putAll(settings);
    return new ConfigSources(new RecipeFiles(Optional.of(folder.toFile()))).load(file, all);
  }
}
