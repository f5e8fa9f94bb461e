package ser.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.features.audio.AudioFormat;

/** What a second of audio has in bytes, as far as a header says it. */
class AudioLengthTest {
  @ParameterizedTest(name = "{0} of {1} Hz, {2} channels")
  @CsvSource({
    "pcm_s16le, 44100, 2, 176400",
    "pcm_s24be, 48000, 1, 144000",
    "pcm_u8, 8000, 1, 8000",
    "pcm_f32le, 16000, 1, 64000",
    "pcm_mulaw, 8000, 2, 16000",
    "pcm_alaw, 8000, 1, 8000",
    "flac, 16000, 1, 16000",
    "gsm_ms, 8000, 1, 1650",
    "opus, 48000, 2, 4000",
  })
  void givenAHeader_whenASecondIsAskedFor_thenItsBytesFollow(
      String codec, int rateHz, int channels, double bytes) {
    assertThat(AudioLength.bytesPerS(new AudioFormat("wav", codec, rateHz, channels)))
        .isEqualTo(bytes);
  }
}
