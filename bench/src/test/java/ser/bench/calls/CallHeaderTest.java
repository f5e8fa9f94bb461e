package ser.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;
import ser.features.augment.CompandingLaw;

class CallHeaderTest {
  /** Of a RIFF header: what stands before the samples. */
  private static final int HEADER_BYTES = 58;

  private static final long LAST_OF_RIFF = ((1L << 32) - 1 - HEADER_BYTES) / 2;

  private static String magic(byte[] header) {
    return new String(header, 0, 4, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, LAST_OF_RIFF})
  void givenLessThan4GiB_whenMade_thenRiffSaysItsSizes(long frames) {
    byte[] header = CallHeader.of(frames, 8_000, CompandingLaw.MU_LAW);
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(magic(header)).isEqualTo("RIFF");
    assertThat(header).hasSize(HEADER_BYTES);
    assertThat(Integer.toUnsignedLong(fields.getInt(4))).isEqualTo(HEADER_BYTES - 8 + 2 * frames);
    assertThat(Integer.toUnsignedLong(fields.getInt(HEADER_BYTES - 4))).isEqualTo(2 * frames);
  }

  @Test
  void given4GiB_whenMade_thenItIsRf64AndDs64SaysItsSizes() {
    long frames = LAST_OF_RIFF + 1;
    byte[] header = CallHeader.of(frames, 8_000, CompandingLaw.MU_LAW);
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(magic(header)).isEqualTo("RF64");
    assertThat(fields.getInt(4)).isEqualTo(-1);
    assertThat(fields.getLong(20)).as("RIFF").isEqualTo(header.length - 8 + 2 * frames);
    assertThat(fields.getLong(28)).as("data").isEqualTo(2 * frames);
    assertThat(fields.getLong(36)).as("samples").isEqualTo(frames);
    assertThat(fields.getInt(header.length - 4)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, LAST_OF_RIFF + 1})
  void givenAHeader_whenReadByOurReader_thenItIsStereoAtItsRate(long frames)
      throws IOException, UnreadableAudioException {
    byte[] header = CallHeader.of(frames, 8_000, CompandingLaw.A_LAW);
    try (AudioStream stream = AudioReader.open(new ByteArrayInputStream(header))) {
      assertThat(stream.format().sampleRateHz()).isEqualTo(8_000);
      assertThat(stream.format().channels()).isEqualTo(2);
    }
  }
}
