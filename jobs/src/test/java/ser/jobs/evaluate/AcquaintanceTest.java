package ser.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import ser.model.split.SpeakerSplit;

class AcquaintanceTest {
  private static final Acquaintance KNOWN =
      new Acquaintance(
          new SpeakerSplit(Set.of("calls-anna"), Set.of("calls-ben"), Set.of("calls-cleo"), 1),
          Set.of("calls-anna", "calls-ben", "calls-cleo"));

  @Test
  void givenSpeakersOfTheTraining_whenAsked_thenTheyStandWhereTheyStood() {
    assertThat(KNOWN.of("calls-anna", "1.wav")).isEqualTo(Standing.TRAINING);
    assertThat(KNOWN.of("calls-ben", "1.wav")).isEqualTo(Standing.VALIDATION);
    assertThat(KNOWN.of("calls-cleo", "1.wav")).isEqualTo(Standing.TEST);
    assertThat(KNOWN.of("calls-dora", "1.wav")).isEqualTo(Standing.NEW);
  }

  @Test
  void givenSomebodyWhoIsNotNamed_whenOthersOfHisCorpusAreKnown_thenHeMayBeOneOfThem() {
    assertThat(KNOWN.of("calls-unknown", "1.wav")).isEqualTo(Standing.UNNAMED);
    assertThat(Standing.UNNAMED.heldOut()).isFalse();
    assertThat(KNOWN.of("folders-unknown", "1.wav")).isEqualTo(Standing.NEW);
  }

  @Test
  void givenATrainingThatNamesNobody_whenSomebodyOfThatCorpusIsNamed_thenHeMayHaveBeenHeard() {
    Acquaintance unnamed =
        new Acquaintance(
            new SpeakerSplit(Set.of("calls-unknown"), Set.of(), Set.of("emodb-03"), 1),
            Set.of("calls-unknown", "emodb-03"));

    assertThat(unnamed.of("calls-anna", "1.wav")).isEqualTo(Standing.UNNAMED);
    assertThat(unnamed.of("emodb-08", "1.wav")).isEqualTo(Standing.NEW);
  }

  @Test
  void givenASpeakerOfTheTraining_whenATableSpellsHimOtherwise_thenHeStandsWhereHeStood() {
    Acquaintance accented =
        new Acquaintance(
            new SpeakerSplit(Set.of("calls-Zo\u00eb"), Set.of(), Set.of("calls-Ben"), 1),
            Set.of("calls-Zo\u00eb", "calls-Ben"));

    assertThat(accented.of("calls-zoe\u0308", "1.wav")).isEqualTo(Standing.TRAINING);
    assertThat(accented.of("Calls-BEN ", "1.wav")).isEqualTo(Standing.TEST);
    assertThat(accented.of("CALLS-unknown", "1.wav")).isEqualTo(Standing.UNNAMED);
  }
}
