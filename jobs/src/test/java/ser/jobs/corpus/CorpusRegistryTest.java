package ser.jobs.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;
import ser.model.corpus.Corpora;

class CorpusRegistryTest {
  private final CorpusRegistry registry = CorpusRegistry.of(Optional.empty());

  @ParameterizedTest
  @ValueSource(strings = {"cremad", "emodb", "ravdess", "savee", "tess"})
  void givenABuiltInCorpus_whenLookedUp_thenItsLicenceIsThatOfItsRows(String name) {
    CorpusEntry entry = registry.named(name);

    assertThat(entry.about().licence()).isEqualTo(Corpora.named(name).origin().licence());
    assertThat(entry.source().isPresent()).isEqualTo(entry.unavailable().isEmpty());
    entry.source().ifPresent(source -> assertThat(source.address()).startsWith("https://"));
  }

  @Test
  void givenTheRecordingsOfEachCorpus_whenMatched_thenTheyAreTaken() {
    assertThat(recordings("ravdess", "Actor_01/03-01-01-01-01-01-01.wav")).isTrue();
    assertThat(recordings("emodb", "emodb/wav/03a01Fa.wav")).isTrue();
    assertThat(recordings("emodb", "lablaut/03a01Fa.lablaut")).isFalse();
    assertThat(recordings("tess", "OAF_neutral/OA_bite_neutral.wav")).isTrue();
    assertThat(recordings("cremad", "AudioWAV/1040_ITH_SAD_X.wav")).isTrue();
    assertThat(recordings("cremad", "AudioMP3/1040_ITH_SAD_X.mp3")).isFalse();
  }

  @Test
  void givenAnUnknownCorpus_whenLookedUp_thenTheKnownOnesAreNamed() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> registry.named("iemocap"))
        .withMessageContaining("'iemocap'")
        .withMessageContaining("cremad, emodb, ravdess, savee, tess");
  }

  @Test
  void givenNoSuchFile_whenRead_thenItIsNamed() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CorpusRegistry.of(Optional.of("/no/such.conf")))
        .withMessageContaining("/no/such.conf");
  }

  private boolean recordings(String corpus, String path) {
    return registry.named(corpus).source().orElseThrow().recordings().matcher(path).matches();
  }
}
