package ser.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.UnreadableAudioException;

class DamageTest {
  private static final List<byte[]> BODIES =
      List.of(
          SpeechLike.wav(0.5, 16_000, 1),
          new byte[0],
          "<html>no sound</html>".getBytes(StandardCharsets.US_ASCII));

  @Test
  void givenAnyBody_whenDamaged_thenItIsNoRecording() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Damage.of(BODIES.get(i % BODIES.size()), random);

      assertThatExceptionOfType(UnreadableAudioException.class)
          .as("try %d", i)
          .isThrownBy(
              () -> new ClipReader(ClipLimits.NONE).read(new ByteArrayInputStream(damaged)));
    }
  }

  @Test
  void givenARecording_whenDamaged_thenItIsBrokenOffOrWholeAndNeverTheSame() {
    byte[] body = BODIES.get(0).clone();
    Random random = new Random(6);
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      lengths.add(Damage.of(body, random).length);
    }

    assertThat(lengths).contains(body.length).hasSizeGreaterThan(10);
    assertThat(body).isEqualTo(BODIES.get(0));
  }
}
