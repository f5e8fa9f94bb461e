package ser.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ser.model.Serialised;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.input.Normaliser;
import ser.model.output.ScoreNormalisation;

/** What a model file says of a speaker's scores. */
class ModelScoresTest {
  @Test
  void givenScoresBySpeaker_whenReadBack_thenTheyAreThereAndOlderReadersRefuseIt()
      throws ModelFileException {
    Normalisation.Speaker rule = new Normalisation.Speaker(12.5, Deviation.CORPUS);
    ModelFile bySpeaker = normalised(rule);
    ModelFile model =
        bySpeaker.with(
            new ScoreNormalisation.BySpeaker(
                new Normaliser(new float[] {0.1f, -0.1f}, new float[] {1.5f, 2}), rule));

    assertThat(ModelFile.read(model.toBytes(), "m")).isEqualTo(model).isNotEqualTo(bySpeaker);
    assertThat(Serialised.copyOf(model)).isEqualTo(model);
    assertThat(model.with(new ModelCalibration(2, 0.5, 60)).scores()).isEqualTo(model.scores());
    assertThat(model.metadata()).containsEntry("schema_version", "5");
    assertThat(bySpeaker.metadata()).doesNotContainKey("scores");
    assertThat(bySpeaker.scores()).isEqualTo(new ScoreNormalisation.None());
  }

  @Test
  void givenScoresThatDoNotBelongToTheModel_whenMadeOrRead_thenTheyAreRefused() {
    Normalisation.Speaker rule = new Normalisation.Speaker(12.5, Deviation.CORPUS);
    Normaliser two = new Normaliser(new float[2], new float[] {1, 1});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelFileTest.model(1).with(new ScoreNormalisation.BySpeaker(two, rule)))
        .withMessageContaining("must agree");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                normalised(rule)
                    .with(
                        new ScoreNormalisation.BySpeaker(
                            new Normaliser(new float[3], new float[] {1, 1, 1}), rule)))
        .withMessageContaining("scores of 3 labels");

    String scores = "{\"mean\":[0,0],\"deviation\":[1,1]}";
    requireRefused(Map.of("scores", scores), "schema version 5");
    requireRefused(Map.of("schema_version", "5"), "schema version 5");
    requireRefused(Map.of("scores", scores, "schema_version", "5"), "not normalised by speaker");
  }

  private static void requireRefused(Map<String, String> changed, String why) {
    Map<String, String> metadata = new TreeMap<>(ModelFileTest.model(1).metadata());
    metadata.putAll(changed);
    byte[] bytes = Safetensors.of(metadata, ModelFileTest.model(1).weights()).toBytes();
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> ModelFile.read(bytes, "m"))
        .withMessageContaining(why);
  }

  private static ModelFile normalised(Normalisation rule) {
    ModelFile model = ModelFileTest.model(1);
    return new ModelFile(
        model.architecture(),
        model.labels(),
        new ModelInput(
            model.input().featureSpec(),
            model.input().inputSpec(),
            model.input().normaliser(),
            rule),
        model.weights(),
        model.provenance());
  }
}
