package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioReaderTest {
  @ParameterizedTest
  @CsvSource({
    "wvpk, UNSUPPORTED_CODEC, WavPack",
    "MPCK, UNSUPPORTED_CODEC, Musepack",
    "OggS, UNSUPPORTED_CODEC, Ogg",
    "#!AMR, UNSUPPORTED_CODEC, AMR",
    "caff, UNSUPPORTED_CONTAINER, Core Audio",
    "NIST_1A, UNSUPPORTED_CONTAINER, SPHERE",
    "RIFF....AVI, NOT_AUDIO_CONTAINER, no WAVE",
    "<?xml version, NOT_AUDIO_CONTAINER, 3C 3F 78 6D",
  })
  void givenSignature_whenOpened_thenRefusedByName(
      String signature, RejectionReason reason, String named) {
    byte[] file = Arrays.copyOf(signature.getBytes(StandardCharsets.ISO_8859_1), 5000);
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection).hasMessageContaining(named);
  }

  @Test
  void givenNoBytes_whenOpened_thenEmptyFile() {
    assertThat(Recordings.rejection(new byte[0]).reason()).isEqualTo(RejectionReason.EMPTY_FILE);
  }

  @Test
  void givenMpegFramesBehindJunk_whenOpened_thenUnsupportedCodec() {
    byte[] file = new byte[1000 + 6 * 417];
    for (int frame = 0; frame < 6; frame++) {
      // MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 144 * 128000 / 44100 = 417 bytes.
      System.arraycopy(
          new byte[] {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0}, 0, file, 1000 + 417 * frame, 4);
    }
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("byte 1000");
  }

  @Test
  void givenId3TagAlone_whenOpened_thenNoAudioData() {
    byte[] file = Arrays.copyOf(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0, 1, 0}, 138);
    assertThat(Recordings.rejection(file).reason()).isEqualTo(RejectionReason.NO_AUDIO_DATA);
  }
}
