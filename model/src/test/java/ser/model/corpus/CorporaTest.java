package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Serialised;
import ser.model.Speaker;

class CorporaTest {
  private static final Map<String, String> LICENCES =
      Map.of(
          "cremad", "ODbL-1.0",
          "emodb", "CC0-1.0",
          "ravdess", "CC-BY-NC-SA-4.0",
          "savee", "SAVEE research licence",
          "synthetic", "GPL-3.0-or-later",
          "tess", "CC-BY-NC-ND-4.0");

  @Test
  void givenName_whenLookedUp_thenCorpusHasItAndItsLicence() {
    assertThat(Corpora.names()).isSorted().containsExactlyInAnyOrderElementsOf(LICENCES.keySet());
    for (String name : Corpora.names()) {
      CorpusNames corpus = Serialised.copyOf(Corpora.named(name));
      assertThat(corpus.name()).isEqualTo(name);
      assertThat(corpus.origin().licence()).isEqualTo(LICENCES.get(name));
    }
  }

  @Test
  void givenUnknownCorpus_whenLookedUp_thenErrorNamesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corpora.named("iemocap"))
        .withMessage(
            "No corpus is called 'iemocap'; there are cremad, emodb, ravdess, savee, synthetic, tess");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1054_IEO_FEA_HI.wav",
        "03a01Fa.wav",
        "03-01-05-02-01-02-07.wav",
        "DC/a01.wav",
        "DC_sa01.wav",
        "synthetic-07-f-angry-02-01.wav",
        "OAF_whip_angry.wav"
      })
  void givenANameOfOneCorpus_whenAllAreAsked_thenNoOtherClaimsIt(String name) {
    List<String> claiming =
        Corpora.names().stream()
            .filter(corpus -> Corpora.named(corpus).labelsOf(name).isPresent())
            .toList();

    assertThat(claiming).hasSize(1);
  }

  @Test
  void givenSpeakerOfAnotherCorpus_whenLabelled_thenRefused() {
    CorpusOrigin emodb = new EmoDb().origin();
    Speaker speaker = new Speaker("ravdess-03", Gender.MALE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordingLabels(emodb, speaker, Emotion.SAD, "T", "a01", ""))
        .withMessageContaining("must begin with its corpus, 'emodb-'");
  }
}
