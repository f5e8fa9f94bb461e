package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.spec.FeatureSpec;
import ser.features.spec.Preset;

class FeatureDemandTest {
  private static final Config REFERENCE =
      ConfigFactory.parseResources(FeatureDemand.class, "/reference.conf").resolve();
  private static final FeatureSpec LIBROSA = FeatureSpec.librosa();
  private static final FeatureSpec TELEPHONE = Preset.TELEPHONE.spec(LIBROSA.features());

  @Test
  void givenNothingAsked_whenTheTableIsOfAnySettings_thenNothingIsUnmet() {
    for (FeatureSpec table : List.of(LIBROSA, TELEPHONE)) {
      assertThat(demand("").unmetBy(table)).isEmpty();
    }
  }

  @Test
  void givenKeysOfARecipe_whenTheTableHasOthers_thenEachIsNamedAndNoOther() {
    FeatureDemand demand = demand("ser.features { mel-bands = 64, f-min-hz = 200 }");

    assertThat(demand.unmetBy(LIBROSA).orElseThrow())
        .contains("128 and 64", "0 and 200")
        .doesNotContain("hop_length", "sample_rate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ser.features.preset = telephone",
        "ser.features { sample-rate-hz = 8000, mel-bands = 40, f-max-hz = 3500 }",
        "ser.features.columns = [log_mel]"
      })
  void givenWhatTheTableHas_whenAsked_thenNothingIsUnmet(String asked) {
    assertThat(demand(asked).unmetBy(TELEPHONE)).isEmpty();
  }

  @Test
  void givenAPreset_whenTheTableIsOfAnother_thenItIsUnmet() {
    assertThat(demand("ser.features.preset = telephone").unmetBy(LIBROSA)).isPresent();
  }

  private static FeatureDemand demand(String asked) {
    return FeatureDemand.from(ConfigFactory.parseString(asked).withFallback(REFERENCE).resolve());
  }
}
