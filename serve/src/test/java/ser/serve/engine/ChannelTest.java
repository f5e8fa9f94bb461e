package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
  @ParameterizedTest
  @ValueSource(strings = {"left", "-1", "1.0", "99999", "0x1", "١"})
  void givenNoChannel_whenParsed_thenRefusedWithoutRepeatingIt(String text) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> Channel.parse(text))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BAD_PARAMETER))
        .withMessageContaining("Channels count from 0");
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 0", "64, 63"})
  void givenAChannelThatIsThere_whenChosen_thenIt(int channels, int number) {
    Channel channel = Channel.parse(Integer.toString(number));

    assertThat(channel.of(new Tone(channels, 1)).format().channels()).isEqualTo(1);
    assertThat(channel.scoredOf(channels)).isEqualTo(OptionalInt.of(number));
  }

  @ParameterizedTest
  @CsvSource({"'', none is named", "2, no channel 2"})
  void givenNoneOfTwo_whenChosen_thenItSaysHowMany(String text, String why) {
    assertThatExceptionOfType(ChannelNotNamedException.class)
        .isThrownBy(() -> Channel.parse(text).of(new Tone(2, 1)))
        .satisfies(refused -> assertThat(refused.channels()).isEqualTo(2))
        .withMessageContaining(why);
  }

  @Test
  void givenOneChannel_whenAnotherIsNamed_thenThereIsNoChoice() {
    Channel channel = Channel.parse("7");

    assertThat(channel.of(new Tone(1, 1)).format().channels()).isEqualTo(1);
    assertThat(channel.scoredOf(1)).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void givenMoreChannelsThanAnybodyRecords_whenMixed_thenRefusedBeforeABlockIsMade() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> Channel.parse("mixed").of(new Tone(65_535, 1)))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_MANY_CHANNELS));
  }
}
