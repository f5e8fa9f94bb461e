package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.error.UserError;

/** Values that no key takes. */
class WrongValuesTest {
  @TempDir private static Path folder;

  private static KeyedRecords keys;

  @BeforeAll
  static void recipes() throws IOException {
    Files.writeString(folder.resolve("mel-cnn4-gap.conf"), "");
    keys = new KeyedRecords(folder);
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
        .isThrownBy(() -> KeyedRecords.of(key, keys.load(KeyedRecords.withItsColumn(key, wrong))))
        .withMessageContaining(key)
        .withMessageNotContaining("\n");
  }

  @Test
  void givenTelephoneCopiesAtNativeRates_whenFeaturesNeedMore_thenItIsSaidBeforehand() {
    Map<String, String> settings =
        Map.of(
            "ser.features.sample-rate-hz", "native",
            "ser.features.columns", "spectral_contrast",
            "ser.extract.augment.telephone.copies", "0.5");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ExtractConfig.from(keys.load(settings)))
        .withMessageContaining("ser.extract.augment.telephone.copies")
        .withMessageContaining("8000 Hz");
  }
}
