package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiffAndAuReaderTest {
  private static final byte[] FOUR_SAMPLES = {0, 0, 64, 0, (byte) 0xC0, 0, 127, (byte) 0xFF};
  private static final float[] FOUR_VALUES = {0f, 0.5f, -0.5f, 32767 / 32768f};

  private static ByteBuffer text(ByteBuffer buffer, String text) {
    return buffer.put(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** AIFF-C of 16 bits, mono, at 24414.0625 Hz: the rate of TESS. */
  private static byte[] aifc(String compression, int frames, int soundBytes) {
    ByteBuffer file = ByteBuffer.allocate(12 + 8 + 24 + 16 + FOUR_SAMPLES.length);
    text(text(file, "FORM").putInt(file.capacity() - 8), "AIFCCOMM").putInt(24);
    file.putShort((short) 1).putInt(frames).putShort((short) 16);
    file.putShort((short) (16383 + 14)).putLong((long) (24414.0625 * 0x1p48) << 1);
    text(text(file, compression).putShort((short) 0), "SSND").putInt(8 + soundBytes).putLong(0);
    return file.put(FOUR_SAMPLES).array();
  }

  private static byte[] au(int encoding, int size, int rateHz) {
    ByteBuffer file = ByteBuffer.allocate(28 + FOUR_SAMPLES.length);
    text(file, ".snd").putInt(28).putInt(size).putInt(encoding).putInt(rateHz).putInt(1);
    return file.putInt(0).put(FOUR_SAMPLES).array();
  }

  @Test
  void givenAifc_whenRead_thenSamplesInItsByteOrder() throws Exception {
    DecodedClip big = Recordings.read(aifc("NONE", 4, 8));
    assertThat(big.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(big.source()).isEqualTo(new AudioFormat("aiff", "pcm_s16be", 24_414, 1));
    assertThat(Recordings.read(aifc("sowt", 4, 8)).clip().samples()[1]).isEqualTo(64 / 32768f);
  }

  @Test
  void givenMoreBytesThanFrames_whenRead_thenFramesCount() throws Exception {
    DecodedClip decoded = Recordings.read(aifc("NONE", 3, 8));
    assertThat(decoded.clip().samples()).hasSize(3);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenAifcCutInItsSamples_whenRead_thenPartWithDefect() throws Exception {
    DecodedClip decoded = Recordings.read(aifc("NONE", 1000, 2000));
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).contains(RejectionReason.TRUNCATED);
  }

  @Test
  void givenCompressedAifc_whenRead_thenUnsupportedCodec() {
    UnreadableAudioException rejection = Recordings.rejection(aifc("ima4", 4, 8));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("ima4");
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "3, -1"})
  void givenAu_whenRead_thenSamplesToItsSizeOrTheEnd(int encoding, int size) throws Exception {
    DecodedClip decoded = Recordings.read(au(encoding, size, 8000));
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenAuWithWrongHeader_whenRead_thenReason() {
    assertThat(Recordings.rejection(au(3, 8, 0)).reason()).isEqualTo(RejectionReason.BAD_HEADER);
    assertThat(Recordings.rejection(au(23, 8, 8000)).reason())
        .isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(Recordings.rejection(au(3, 0, 8000)).reason())
        .isEqualTo(RejectionReason.NO_AUDIO_DATA);
  }
}
