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
import ser.features.Feature;
import ser.features.FeatureSpec;

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
              EnumSet.of(Feature.RMS)));

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
        "\"mel_scale\":\"slaney\" | \"mel_scale\":\"htk\" | setting mel_scale is \"htk\", and it must be \"slaney\"",
        "\"center\":true | \"center\":1 | setting center is 1, and it must be true",
        "\"schema_version\":1 | \"schema_version\":2 | setting schema_version is 2, and it must be 1",
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
