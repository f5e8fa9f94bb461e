package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser evaluate --model}: a model is judged by what it has not learnt from. */
@ExtendWith(TrainedModel.Provider.class)
class EvaluateIT {
  @TempDir private Path folder;

  @Test
  void givenTheTableThatItWasTrainedOn_whenEvaluated_thenTheResultIsThatOfTheTraining(
      TrainedModel model) throws IOException {
    SerRun run = evaluate(model, model.features()).done();

    JsonNode report = report();
    ObjectNode test = report.path("test").deepCopy();
    ObjectNode trained = model.report().path("test").deepCopy();
    // How the split was drawn is the training's to tell.
    trained.remove(List.of("split_detail", "transductive", "untested"));
    test.remove("by_standing");
    assertThat(test).as("the numbers of the test speakers").isEqualTo(trained);
    assertThat(report.path("split").asText()).isEqualTo("speakers");
    assertThat(report.path("normalise").asText()).isEqualTo("corpus");
    assertThat(report.path("leaky").asBoolean(true)).isFalse();
    assertThat(report.path("model_id")).isEqualTo(model.report().path("model_id"));
    assertThat(report.path("standings").path("test").asLong())
        .isEqualTo(16L * TrainedModel.split().test().size());
    assertThat(report.path("standings").path("training").asLong())
        .isEqualTo(17L * TrainedModel.split().training().size());
    assertThat(report.path("standings").path("validation").asLong())
        .isEqualTo(16L * TrainedModel.split().validation().size());
    assertThat(report.path("provenance").path("data").path(0).path("path").asText())
        .isEqualTo(model.features().toString());

    assertThat(run.out()).hasSize(1);
    assertThat(run.result().path("job").asText()).isEqualTo("evaluate");
    assertThat(run.result().path("status").asText()).isEqualTo("done");
    assertThat(run.result().path("recordings")).isEqualTo(trained.path("recordings"));
    assertThat(run.result().path("uar")).isEqualTo(model.trained().result().path("test_uar"));

    ReportPage page = ReportPage.of(Files.readAllBytes(output().resolve("report.html")));
    assertThat(page.table("Recordings by what they are to the model").get("training"))
        .contains("no");
    assertThat(page.table("Hardest recordings")).hasSize(trained.path("hardest").size());
  }

  @Test
  void givenAllRows_whenEvaluated_thenTheResultIsLabelledLeaky(TrainedModel model) {
    evaluate(model, model.features(), "--set", "ser.evaluate.rows=all").done();

    JsonNode report = report();
    assertThat(report.path("split").asText()).isEqualTo("none");
    assertThat(report.path("leaky").asBoolean(false)).isTrue();
    assertThat(report.path("test").path("recordings").asLong())
        .isEqualTo(model.extracted().result().path("rows").asLong());
    List<String> standings = new ArrayList<>();
    report
        .path("test")
        .path("by_standing")
        .forEach(group -> standings.add(group.path("name").asText()));
    assertThat(standings).containsExactly("test", "training", "validation");
  }

  @Test
  void givenCopiesOfTrainingRecordings_whenEvaluated_thenTheyDoNotJudge(TrainedModel model)
      throws IOException {
    String learnt = TrainedModel.split().training().iterator().next().replace("ravdess-", "");
    Path copies = folder.resolve("copies");
    Path strangers = folder.resolve("strangers");
    for (Take take : TestRecordings.takesOf(9, List.of(Emotion.SAD))) {
      if (take.intensity() == 1) {
        String original = take.name().replace("Actor_09", "Actor_" + learnt);
        Path copy = copies.resolve(take.name());
        Files.createDirectories(copy.getParent());
        Files.copy(
            model.recordings().resolve(original.replaceFirst("-09\\.wav$", "-" + learnt + ".wav")),
            copy);
      }
    }
    for (Take take : TestRecordings.takesOf(11, List.of(Emotion.HAPPY, Emotion.SURPRISED))) {
      TestRecordings.write(strangers, take, 0.7);
    }

    SerRun refused = evaluate(model, extracted(copies));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.complaint())
        .contains("none of the recordings is held out", "same_audio 4", "ser.evaluate.rows = all");

    SerRun run =
        SerRun.of(
                "evaluate",
                "--model",
                model.file().toString(),
                "--features",
                extracted(copies) + "," + extracted(strangers),
                "--output",
                output().toString())
            .done();
    assertThat(run.result().path("standings").toString())
        .isEqualTo("{\"new\":8,\"same_audio\":4,\"unknown_emotion\":8}");
    assertThat(report().path("split").asText()).isEqualTo("speakers");
    assertThat(texts(report().path("test").path("speakers"))).containsExactly("ravdess-11");
    assertThat(report().path("test").path("recordings").asInt()).isEqualTo(8);
  }

  @Test
  void givenFeaturesOfOtherSettings_whenEvaluated_thenTheErrorNamesBothAndTheRemedy(
      TrainedModel model) throws IOException {
    Path other = folder.resolve("other");
    copy(model.features().getParent(), other);
    Path spec = other.resolve("features/_feature_spec.json");
    String settings = Files.readString(spec);
    Files.writeString(spec, settings.replaceFirst("(\"hop_length\" *: *)512", "$1256"));
    assertThat(Files.readString(spec)).isNotEqualTo(settings);

    SerRun run = evaluate(model, other.resolve("features"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint())
        .contains(
            model.file().toString(),
            other.resolve("features").toString(),
            "hop_length 512 and 256",
            "Run 'ser extract' again");
    assertThat(output()).doesNotExist();
  }

  @Test
  void givenATableTwice_whenEvaluated_thenItIsRefused(TrainedModel model) throws IOException {
    Path other = folder.resolve("other");
    copy(model.features().getParent(), other);

    SerRun run = evaluate(model, Path.of(model.features() + "," + other.resolve("features")));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint()).contains("stands in more than one of them", "Remove a table");
    assertThat(output()).doesNotExist();
  }

  @Test
  void givenADryRun_whenEvaluated_thenItSaysWhoWouldJudgeAndWritesNothing(TrainedModel model) {
    SerRun run = evaluate(model, model.features(), "--dry-run").done();

    assertThat(run.result().path("status").asText()).isEqualTo("dry-run");
    assertThat(run.result().path("recordings").asLong())
        .isEqualTo(16L * TrainedModel.split().test().size());
    assertThat(run.result().path("split").asText()).isEqualTo("speakers");
    assertThat(output()).doesNotExist();
  }

  private SerRun evaluate(TrainedModel model, Path features, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                model.file().toString(),
                "--features",
                features.toString(),
                "--output",
                output().toString()));
    arguments.addAll(List.of(more));
    return SerRun.of(arguments.toArray(String[]::new));
  }

  private Path extracted(Path recordings) {
    Path output = folder.resolve(recordings.getFileName() + "-extracted");
    if (!Files.exists(output)) {
      SerRun.of("extract", "--input", recordings.toString(), "--output", output.toString()).done();
    }
    return output.resolve("features");
  }

  private Path output() {
    return folder.resolve("evaluated");
  }

  private JsonNode report() {
    return TrainedModel.json(output().resolve("report.json"));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(found)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path found, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(found, to.resolve(from.relativize(found)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
