package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** The user's mistakes: exit code 2, one line that names thing and remedy, nothing written. */
@ExtendWith(TrainedModel.Provider.class)
class BadInputIT {
  private static final Take HAPPY = new Take(1, Emotion.HAPPY, 1, 1, 1);

  @TempDir Path folder;

  private Path output;

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void givenMissingInput_whenExtracted_thenItIsNamed() {
    Path input = folder.resolve("no-such-folder");

    assertRefused(extract(input), input.toString(), "no such path", "Check");
  }

  @Test
  void givenEmptyFolder_whenExtracted_thenItIsNamed() throws IOException {
    Path input = Files.createDirectory(folder.resolve("empty"));

    assertRefused(extract(input), input.toString(), "no file", "Check");
  }

  @Test
  void givenUnknownScheme_whenExtracted_thenItIsNamed() {
    assertRefused(
        SerRun.of("extract", "--input", "gopher://host/in", "--output", output.toString()),
        "gopher://host/in",
        "s3a://");
  }

  @Test
  void givenNoInput_whenExtracted_thenTheFlagIsNamed() {
    assertRefused(SerRun.of("extract", "--output", output.toString()), "--input");
  }

  @Test
  void givenFfmpegThatIsMissing_whenExtracted_thenItIsNamedBeforeAnythingIsRead() {
    assertRefused(
        extract(recordings(), "--set", "ser.audio.ffmpeg=/no/such/ffmpeg"),
        "/no/such/ffmpeg",
        "ser.audio.ffmpeg = off");
  }

  @Test
  void givenUnknownKey_whenExtracted_thenItIsNamedWithItsSiblings() {
    assertRefused(
        extract(recordings(), "--set", "ser.extract.max-faild-share=0.1"),
        "'ser.extract.max-faild-share'",
        "max-failed-share",
        "reference.conf");
  }

  @Test
  void givenUnknownKeyInAFile_whenExtracted_thenFileAndLineAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "ser.extract {\n  corpsu = tess\n}\n");

    assertRefused(
        extract(recordings(), "--config", file.toString()),
        "ser.extract.corpsu",
        file.toString(),
        "line 2");
  }

  @Test
  void givenUnknownCorpus_whenExtracted_thenTheKnownOnesAreNamed() {
    assertRefused(
        extract(recordings(), "--corpus", "ravdes"), "ravdes", "emodb", "ravdess", "auto");
  }

  @Test
  void givenUnknownFlag_whenRun_thenItIsNamed() {
    assertRefused(SerRun.of("extract", "--inptu", "x"), "--inptu", "--help");
  }

  @Test
  void givenNoFeaturesTable_whenTrained_thenItIsNamed() {
    Path recordings = recordings();

    assertRefused(train(recordings.toString()), recordings.toString(), "ser extract");
    assertRefused(train(folder + "/nowhere"), folder + "/nowhere", "ser extract");
  }

  @Test
  void givenSettingsWithoutRows_whenTrained_thenTheTableIsNamed(TrainedModel model)
      throws IOException {
    Path table = Files.createDirectory(folder.resolve("features"));
    Files.copy(model.features().resolve("_feature_spec.json"), table.resolve("_feature_spec.json"));

    assertRefused(train(table.toString()), table.toString(), "ser extract");
  }

  @Test
  void givenOneSpeaker_whenTrained_thenTheRemedyIsAnotherOne() {
    Path input = recordings();
    TestRecordings.write(input, new Take(1, Emotion.SAD, 1, 1, 1), 0.6);
    Path table = extracted(input, "one-speaker");

    SerRun run = train(table.toString());

    assertRefused(run, "ravdess-01", "another speaker");
    assertThat(run.complaint()).containsOnlyOnce("Cannot split by speaker");
  }

  @Test
  void givenTablesOfDifferentSettings_whenTrainedTogether_thenBothAndTheSettingAreNamed(
      TrainedModel model) {
    Path other = extracted(recordings(), "other", "--set", "ser.features.hop-length-samples=256");

    assertRefused(
        train(model.features() + "," + other),
        model.features().toString(),
        other.toString(),
        "hop_length 512 and 256",
        "ser extract");
  }

  @Test
  void givenOneAudioOfTwoSpeakers_whenTrained_thenItIsRefusedBeforeItLeaks(TrainedModel model) {
    int tested = actorOf(TrainedModel.split().test().iterator().next());
    int trained = actorOf(TrainedModel.split().training().iterator().next());
    Path input = folder.resolve("copies");
    for (int actor = 1; actor <= TrainedModel.ACTORS; actor++) {
      TestRecordings.write(input, new Take(actor, Emotion.HAPPY, 1, 1, 1), 0.6);
      TestRecordings.write(input, new Take(actor, Emotion.SAD, 1, 1, 1), 0.6);
    }
    Take original = new Take(trained, Emotion.ANGRY, 1, 1, 1);
    Take copy = new Take(tested, Emotion.ANGRY, 1, 1, 1);
    TestRecordings.write(input.resolve(original.name()), original.clip(0.6));
    // One run would find the copy: two tables know nothing of each other.
    Path other = folder.resolve("copies-elsewhere");
    TestRecordings.write(other.resolve(copy.name()), original.clip(0.6));
    String tables = extracted(input, "copied") + "," + extracted(other, "copied-elsewhere");

    assertRefused(train(tables), original.name(), copy.name(), "Remove");
  }

  @Test
  void givenMissingModel_whenScored_thenItIsNamed() {
    Path model = folder.resolve("no.safetensors");

    assertRefused(score(model), model.toString(), "Check");
  }

  @Test
  void givenRandomBytesAsModel_whenScored_thenTheFileAndTheRemedyAreNamed() {
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    Path model = TestRecordings.write(folder.resolve("random.safetensors"), bytes);

    assertRefused(score(model), model.toString(), "Cannot read model file", "ser train");
  }

  @Test
  void givenTruncatedModel_whenScored_thenTheFileAndTheRemedyAreNamed(TrainedModel trained)
      throws IOException {
    byte[] bytes = Files.readAllBytes(trained.file());
    Path model = folder.resolve("truncated.safetensors");
    for (int length : new int[] {0, 5, 1000, bytes.length - 1}) {
      TestRecordings.write(model, Arrays.copyOf(bytes, length));

      assertRefused(score(model), model.toString(), "Cannot read model file", "ser train");
    }
  }

  @Test
  void givenOtherFeatureSettingsThanTheModels_whenScored_thenTheyAreNamed(TrainedModel model) {
    assertRefused(
        score(model.file(), "--set", "ser.features.hop-length-samples=256"),
        model.file().toString(),
        "hop_length 512 and 256",
        "ser.features");
  }

  @Test
  void givenWindowLongerThanTheModelsInput_whenScored_thenTheLimitIsNamed(TrainedModel model) {
    assertRefused(
        score(model.file(), "--set", "ser.score.window-s=4"), "ser.score.window-s", "4.0 s", "3.0");
  }

  @Test
  void givenHopLongerThanTheWindow_whenScored_thenTheKeyIsNamed(TrainedModel model) {
    assertRefused(score(model.file(), "--set", "ser.score.hop-s=3.5"), "hop-s");
  }

  @Test
  void givenMissingInput_whenScored_thenItIsNamed(TrainedModel model) {
    SerRun run =
        SerRun.of(
            "score",
            "--model",
            model.file().toString(),
            "--input",
            folder.resolve("nowhere").toString(),
            "--output",
            output.toString());

    assertRefused(run, folder.resolve("nowhere").toString(), "Check");
  }

  private void assertRefused(SerRun run, String... named) {
    assertThat(run.exitCode()).as("exit code, of %s", run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasSize(1);
    assertThat(run.complaint()).startsWith("ser: ").contains(named);
    assertThat(filesOf(output)).isEmpty();
  }

  private Path recordings() {
    Path input = folder.resolve("recordings");
    TestRecordings.write(input, HAPPY, 0.6);
    return input;
  }

  private SerRun extract(Path input, String... more) {
    return run(
        new String[] {"extract", "--input", input.toString(), "--output", output.toString()}, more);
  }

  private Path extracted(Path input, String name, String... more) {
    Path target = folder.resolve(name);
    run(new String[] {"extract", "--input", input.toString(), "--output", target.toString()}, more)
        .done();
    return target.resolve("features");
  }

  private SerRun train(String features) {
    return SerRun.of(
        "train",
        "--features",
        features,
        "--output",
        output.toString(),
        "--set",
        "ser.train.epochs=1",
        "--set",
        "ser.train.seed=" + TrainedModel.SEED);
  }

  private SerRun score(Path model, String... more) {
    return run(
        new String[] {
          "score",
          "--model",
          model.toString(),
          "--input",
          recordings().toString(),
          "--output",
          output.toString()
        },
        more);
  }

  private static SerRun run(String[] arguments, String... more) {
    return SerRun.of(
        Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
  }

  private static int actorOf(String speaker) {
    return Integer.parseInt(speaker.substring(speaker.length() - 2));
  }

  private static List<Path> filesOf(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
