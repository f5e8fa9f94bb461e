package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp3StreamTest {
  private static final int FRAME_SAMPLES = 1152;

  /** MPEG-1, layer III, 128 kbit/s, stereo: 417 bytes at 44.1 kHz, 384 at 48 kHz. */
  private static final int RATE_44 = 0x90;

  private static final int RATE_48 = 0x94;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  @Test
  void givenFramesWithoutCodedSamples_whenRead_thenSilenceOfTheirLength() throws Exception {
    frames(4, RATE_44);
    DecodedClip decoded = read();
    assertThat(decoded.source()).isEqualTo(new AudioFormat("mp3", "mp3", 44_100, 2));
    assertThat(decoded.clip().samples()).hasSize(4 * FRAME_SAMPLES).containsOnly(0f);
    assertThat(decoded.defect()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TAG", "APETAGEX", "LYRICSBEGIN", "\0\0\0\0", "garbage"})
  void givenBytesBehindTheFrames_whenRead_thenTheyDoNotMatter(String start) throws Exception {
    frames(3, RATE_44);
    file.writeBytes(Arrays.copyOf(start.getBytes(StandardCharsets.US_ASCII), 128));
    DecodedClip decoded = read();
    assertThat(decoded.clip().samples()).hasSize(3 * FRAME_SAMPLES);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenACutFrame_whenRead_thenTheWholeOnesAreKept() throws Exception {
    frames(3, RATE_44);
    byte[] cut = Arrays.copyOf(file.toByteArray(), file.size() - 100);
    DecodedClip decoded = Recordings.read(cut);
    assertThat(decoded.clip().samples()).hasSize(2 * FRAME_SAMPLES);
    assertThat(decoded.defect()).contains(RejectionReason.TRUNCATED);
  }

  @Test
  void givenDamageFarLongerThanTheLookAhead_whenRead_thenFramesBehindItAreFound() throws Exception {
    frames(3, RATE_44);
    file.writeBytes(new byte[200_001]);
    frames(3, RATE_44);
    DecodedClip decoded = read();
    assertThat(decoded.clip().samples()).hasSize(6 * FRAME_SAMPLES);
    assertThat(decoded.defect()).contains(RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenFramesThatCannotBeDecoded_whenRead_thenCorruptFrame() {
    frames(3, RATE_44);
    byte[] bytes = file.toByteArray();
    for (int frame = 0; frame < 3; frame++) {
      // Side info of all ones: tables and counts that do not exist.
      Arrays.fill(bytes, frame * 417 + 6, frame * 417 + 36, (byte) 0xFF);
    }
    assertThat(Recordings.rejection(bytes).reason()).isEqualTo(RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenAnotherRateInside_whenRead_thenTheStreamChanges() {
    frames(3, RATE_44);
    frames(3, RATE_48);
    UnreadableAudioException rejection = Recordings.rejection(file.toByteArray());
    assertThat(rejection.reason()).isEqualTo(RejectionReason.STREAM_CHANGES);
    assertThat(rejection).hasMessageContaining("48000 Hz").hasMessageContaining("byte 1251");
  }

  @Test
  void givenAnEncodersTag_whenRead_thenItsDelayAndPaddingAreTakenOff() throws Exception {
    file.writeBytes(info(4, 576, 1000));
    frames(4, RATE_44);
    DecodedClip decoded = read();
    assertThat(decoded.clip().samples()).hasSize(4 * FRAME_SAMPLES - 576 - 1000);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenATagOfMoreFrames_whenRead_thenTruncated() throws Exception {
    file.writeBytes(info(9, 576, 1000));
    frames(4, RATE_44);
    DecodedClip decoded = read();
    assertThat(decoded.clip().samples()).hasSize(4 * FRAME_SAMPLES - 576 - 529);
    assertThat(decoded.defect()).contains(RejectionReason.TRUNCATED);
  }

  @Test
  void givenATagOfFewerFrames_whenRead_thenAllAreReadAndTheHeaderIsWrong() throws Exception {
    file.writeBytes(info(3, 576, 1000));
    frames(5, RATE_44);
    DecodedClip decoded = read();
    assertThat(decoded.clip().samples()).hasSize(5 * FRAME_SAMPLES - 576 - 1000);
    assertThat(decoded.defect()).contains(RejectionReason.INCONSISTENT_HEADER);
  }

  @Test
  void givenMp3InWav_whenRead_thenItsFramesTellRateAndChannels() throws Exception {
    frames(3, RATE_44);
    byte[] wav =
        WavBytes.riff().format(0x55, 1, 8000, 0, 1).chunk("data", file.toByteArray()).build();
    DecodedClip decoded = Recordings.read(wav);
    assertThat(decoded.source()).isEqualTo(new AudioFormat("wav", "mp3", 44_100, 2));
    assertThat(decoded.clip().samples()).hasSize(3 * FRAME_SAMPLES);
  }

  private DecodedClip read() throws Exception {
    return Recordings.read(file.toByteArray());
  }

  private void frames(int count, int rate) {
    for (int i = 0; i < count; i++) {
      byte[] frame = new byte[rate == RATE_44 ? 417 : 384];
      frame[0] = (byte) 0xFF;
      frame[1] = (byte) 0xFB;
      frame[2] = (byte) rate;
      file.writeBytes(frame);
    }
  }

  private static byte[] info(int frames, int delay, int padding) {
    ByteBuffer frame = ByteBuffer.allocate(417);
    frame.put(new byte[] {(byte) 0xFF, (byte) 0xFB, (byte) RATE_44, 0});
    frame.position(36);
    frame.put("Info".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(frames);
    frame.put("LAME3.100".getBytes(StandardCharsets.US_ASCII));
    frame.position(48 + 21);
    return frame.putShort((short) (delay << 4 | padding >> 8)).put((byte) padding).array();
  }
}
