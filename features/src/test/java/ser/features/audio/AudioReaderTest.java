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
    "OggS, BAD_HEADER, Ogg",
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

  @ParameterizedTest
  @CsvSource({"0xFD, II", "0xFF, I"})
  void givenOtherLayersBehindJunk_whenOpened_thenUnsupportedCodec(String second, String layer) {
    byte[] file = new byte[1000 + 10 * 417];
    int bytes = layer.equals("II") ? 522 : 312;
    for (int frame = 0; frame < 6; frame++) {
      // MPEG 1, 44.1 kHz, bit rate index 9 (160 kbit/s in layer II, 288 in layer I).
      int at = 1000 + bytes * frame;
      file[at] = (byte) 0xFF;
      file[at + 1] = (byte) (int) Integer.decode(second);
      file[at + 2] = (byte) 0x90;
    }
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("layer " + layer);
  }

  @Test
  void givenId3TagAlone_whenOpened_thenNoAudioData() {
    byte[] file = Arrays.copyOf(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0, 1, 0}, 138);
    assertThat(Recordings.rejection(file).reason()).isEqualTo(RejectionReason.NO_AUDIO_DATA);
  }
}
