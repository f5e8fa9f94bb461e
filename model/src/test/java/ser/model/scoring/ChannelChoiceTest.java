package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.model.Serialised;

class ChannelChoiceTest {
  private static final String REMEDY = "Name one.";

  @ParameterizedTest
  @ValueSource(strings = {"none", "mixed", "0", "7"})
  void givenAChoice_whenWrittenAndReadAgain_thenItIsTheSame(String text) {
    ChannelChoice choice = ChannelChoice.parse(text);

    assertThat(choice).hasToString(text).isEqualTo(ChannelChoice.parse(" " + text + " "));
    assertThat(Serialised.copyOf(choice)).isEqualTo(choice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "left", "-1", "0.5", "12345", "1,2"})
  void givenSomethingElse_whenParsed_thenTheMessageNamesItAndWhatMayStandThere(String text) {
    assertThatThrownBy(() -> ChannelChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'" + text + "'", "number", "mixed", "none");
  }

  @Test
  void givenSeveralChannels_whenOneIsNamedOrAll_thenItIsTheNumberOrTheSignOfTheMean()
      throws UnreadableAudioException {
    assertThat(ChannelChoice.of(1).among(2, REMEDY)).isEqualTo(1);
    assertThat(ChannelChoice.mixed().among(2, REMEDY)).isEqualTo(ChannelChoice.MIXED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "mixed", "3"})
  void givenASingleChannel_whenAsked_thenItIsChannel0WhateverIsChosen(String text)
      throws UnreadableAudioException {
    assertThat(ChannelChoice.parse(text).among(1, REMEDY)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "2"})
  void givenSeveralChannels_whenNoneOfThemIsNamed_thenItSaysSoAndWhatToDo(String text) {
    assertThatThrownBy(() -> ChannelChoice.parse(text).among(2, REMEDY))
        .isInstanceOfSatisfying(
            UnreadableAudioException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectionReason.CHANNEL_NOT_NAMED))
        .hasMessageContaining("2 channels")
        .hasMessageContaining(text.equals("2") ? "no channel 2" : "none is named")
        .hasMessageEndingWith(REMEDY);
  }
}
