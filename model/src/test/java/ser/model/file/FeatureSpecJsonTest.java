package ser.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import ser.features.spec.ChromaSpec;
import ser.features.spec.ContrastSpec;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;
import ser.features.spec.PitchSpec;
import ser.features.spec.Preset;
import ser.features.spec.Window;

class FeatureSpecJsonTest {
  static final List<FeatureSpec> SPECS =
      List.of(
          FeatureSpec.librosa(),
          FeatureSpec.speech(),
          FeatureSpec.telephone(),
          new FeatureSpec(
              FeatureSpec.NATIVE_RATE,
              FeatureSpec.speech().frames(),
              FeatureSpec.speech().mel(),
              13,
              EnumSet.of(Feature.RMS)),
          Preset.TELEPHONE.spec(EnumSet.allOf(Feature.class)),
          new FeatureSpec(
              16_000,
              new FrameSpec(1024, 800, 256, Window.BLACKMAN, false),
              new MelSpec(64, 20, 7000, 60, MelScale.HTK, MelNorm.NONE, 1),
              13,
              EnumSet.of(Feature.CHROMA, Feature.PITCH),
              ContrastSpec.LIBROSA,
              ChromaSpec.tunedTo(-0.25),
              new PitchSpec(50, 400, 0.2)));

  @ParameterizedTest
  @FieldSource("SPECS")
  void givenSpec_whenReadBack_thenItIsEqual(FeatureSpec spec) {
    assertThat(FeatureSpecJson.parse(FeatureSpecJson.toJson(spec).toPrettyString()))
        .isEqualTo(spec);
  }

  @Test
  void givenLibrosaPreset_whenWritten_thenKeysAndValuesAreThoseOfTheContract() {
    assertThat(FeatureSpecJson.toJson(FeatureSpec.librosa()))
        .hasToString(
            """
            {"schema_version":1,"sample_rate_hz":22050,"n_fft":2048,"window_length":2048,\
            "hop_length":512,"window":"hann","center":true,"mel_bands":128,"f_min_hz":0.0,\
            "f_max_hz":null,"mel_scale":"slaney","mel_norm":"slaney","power":2.0,"top_db":80.0,\
            "mfcc_coefficients":40,\
            "features":["log_mel","mfcc","mfcc_delta","mfcc_delta2","zcr","rms"]}""");
    assertThat(FeatureSpecJson.toJson(SPECS.get(3)).get("sample_rate_hz").textValue())
        .isEqualTo("native");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"log_mel\", | [\"pitch\", | setting features is",
        "\"mel_scale\":\"slaney\" | \"mel_scale\":\"htk\" | setting mel_scale is \"htk\", and it must be \"slaney\"",
        "\"center\":true | \"center\":1 | setting center is 1, and it must be true",
        "\"schema_version\":1 | \"schema_version\":3 | setting schema_version is 3, and it must be 1 or 2",
        "\"schema_version\":1, | `` | setting schema_version is null, and it must be 1 or 2",
        "\"power\":2.0 | \"power\":1 | setting power is 1, and it must be 2.0",
        "\"hop_length\":512 | \"hop_length\":512.5 | setting hop_length is 512.5, and it must be a whole number",
        "\"hop_length\":512 | \"hop\":512 | lack the keys [hop_length] and have the unknown keys [hop]",
        "\"sample_rate_hz\":22050 | \"sample_rate_hz\":0 | setting sample_rate_hz is 0, and it must be above 0",
        "\"f_max_hz\":null | \"f_max_hz\":0 | setting f_max_hz is 0, and it must be above 0, or null",
        "\"top_db\":80.0 | \"top_db\":\"80\" | setting top_db is \"80\", and it must be a number",
        "\"rms\" | \"loudness\" | No feature is called 'loudness'",
        "\"rms\" | \"zcr\" | must not name one twice",
        "{ | [ | feature settings are not a JSON object",
      })
  void givenValueThatCannotBe_whenRead_thenErrorNamesTheKey(
      String written, String changed, String message) {
    String json =
        FeatureSpecJson.toJson(FeatureSpec.librosa()).toString().replace(written, changed);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpecJson.parse(json))
        .withMessageContaining(message);
  }

  @Test
  void givenSettingsThatVersion1CannotSay_whenWritten_thenVersion2WithTheKeysOfTheirColumns() {
    assertThat(FeatureSpecJson.toJson(SPECS.get(5)))
        .hasToString(
            """
            {"schema_version":2,"sample_rate_hz":16000,"n_fft":1024,"window_length":800,\
            "hop_length":256,"window":"blackman","center":false,"mel_bands":64,"f_min_hz":20.0,\
            "f_max_hz":7000.0,"mel_scale":"htk","mel_norm":"none","power":1.0,"top_db":60.0,\
            "mfcc_coefficients":13,"features":["chroma","pitch"],"chroma_tuning":-0.25,\
            "pitch_f_min_hz":50.0,"pitch_f_max_hz":400.0,"pitch_trough_threshold":0.2}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"window\":\"blackman\" | \"window\":\"kaiser\" | No window is called 'kaiser'; there are hann,",
        "\"center\":false | \"center\":0 | setting center is 0, and it must be true or false",
        "\"power\":1.0 | \"power\":3 | setting power is 3, and it must be 1 or 2",
        "\"mel_norm\":\"none\" | \"mel_norm\":null | setting mel_norm is null, and it must be a name",
        "\"chroma_tuning\":-0.25 | \"chroma_tuning\":\"auto\" | setting chroma_tuning is \"auto\", and it must be a number",
        "\"chroma_tuning\":-0.25 | \"chroma_tuning\":-0.75 | chroma tuning -0.75 semitones must be from -0.5",
        "\"pitch_f_min_hz\":50.0, | `` | lack the keys [pitch_f_min_hz]",
        "\"chroma\",\"pitch\" | \"chroma\" | have the unknown keys [pitch_f_max_hz,",
      })
  void givenValueThatCannotBeInVersion2_whenRead_thenErrorNamesTheKey(
      String written, String changed, String message) {
    String json = FeatureSpecJson.toJson(SPECS.get(5)).toString().replace(written, changed);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpecJson.parse(json))
        .withMessageContaining(message);
  }

  @Test
  void givenStandardSettingsAsVersion2_whenRead_thenEqualToThoseOfVersion1() {
    String json =
        FeatureSpecJson.toJson(FeatureSpec.librosa())
            .toString()
            .replace("\"schema_version\":1", "\"schema_version\":2");
    assertThat(FeatureSpecJson.parse(json)).isEqualTo(FeatureSpec.librosa());
  }

  @Test
  void givenColumnsThatDiffer_whenCompared_thenSettingsOfOneSideOnlyAreNamedToo() {
    FeatureSpec standard = FeatureSpec.telephone();
    FeatureSpec pitched = Preset.TELEPHONE.spec(EnumSet.of(Feature.PITCH));
    assertThat(FeatureSpecJson.differences(standard, pitched).orElseThrow())
        .contains("pitch_f_min_hz none and 65")
        .doesNotContain("schema_version");
  }

  @Test
  void givenFixedValueAsWholeNumber_whenRead_thenItIsTheSameNumber() {
    String json =
        FeatureSpecJson.toJson(FeatureSpec.librosa())
            .toString()
            .replace("\"power\":2.0", "\"power\":2")
            .replace("80.0", "80");
    assertThat(FeatureSpecJson.parse(json)).isEqualTo(FeatureSpec.librosa());
  }

  @Test
  void givenTwoSpecs_whenCompared_thenDifferencesAreNamedWithBothValues() {
    assertThat(FeatureSpecJson.differences(FeatureSpec.librosa(), FeatureSpec.librosa())).isEmpty();
    assertThat(FeatureSpecJson.differences(FeatureSpec.librosa(), FeatureSpec.telephone()))
        .contains(
            "sample_rate_hz 22050 and 8000, n_fft 2048 and 512, window_length 2048 and 200,"
                + " hop_length 512 and 80, mel_bands 128 and 40, f_min_hz 0 and 200,"
                + " f_max_hz half the sample rate and 3500, mfcc_coefficients 40 and 13");
  }

  @Test
  void givenAnyOtherJson_whenRead_thenRefused() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpecJson.fromJson(none))
        .withMessageContaining("lack the keys [center, f_max_hz,");
    assertThatIllegalArgumentException().isThrownBy(() -> FeatureSpecJson.parse("1"));
    assertThatIllegalArgumentException().isThrownBy(() -> FeatureSpecJson.parse(""));
  }
}
