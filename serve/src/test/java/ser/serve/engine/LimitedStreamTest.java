package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;

class LimitedStreamTest {
  private static final Deadline LATER = Deadline.in(Duration.ofMinutes(1));

  @Test
  void givenExactlyTheLimit_whenRead_thenAllOfIt() throws Exception {
    assertThat(framesOf(new LimitedStream(new Tone(1, 3), 3, LATER))).isEqualTo(3 * Tone.RATE_HZ);
  }

  @Test
  void givenOneSampleMore_whenRead_thenTooLong() {
    AudioStream longer = new Tone(2, 3 + 1.0 / Tone.RATE_HZ);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> framesOf(new LimitedStream(longer, 3, LATER)))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_LONG));
  }

  @Test
  void givenNoTimeLeft_whenRead_thenOutOfTime() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () -> framesOf(new LimitedStream(new Tone(1, 1), 3, Deadline.in(Duration.ZERO))))
        .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.OUT_OF_TIME));
  }

  private static long framesOf(AudioStream stream) throws IOException, UnreadableAudioException {
    float[] block = new float[256 * stream.format().channels()];
    long frames = 0;
    for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
      frames += count;
    }
    return frames;
  }
}
