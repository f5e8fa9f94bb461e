package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoded samples against libsndfile's, of the files that compressed/make_compressed.py made. */
class CompressedGoldenTest {
  static final List<String> NAMES =
      List.of(
          "mpeg1_44100_stereo.mp3",
          "mpeg2_24000_mono.mp3",
          "mpeg25_8000_mono.mp3",
          "vorbis_16000_stereo.ogg",
          "opus_48000_stereo.opus",
          "gsm_8000_mono.wav");

  /**
   * Opus may differ more: its decoder is free in how it rounds. The others are exact in 16 bits.
   */
  @ParameterizedTest
  @CsvSource({
    "mpeg1_44100_stereo.mp3, 44100, 2, 1",
    "mpeg2_24000_mono.mp3, 24000, 1, 1",
    "mpeg25_8000_mono.mp3, 8000, 1, 1",
    "vorbis_16000_stereo.ogg, 16000, 2, 1",
    "opus_48000_stereo.opus, 48000, 2, 40",
    "gsm_8000_mono.wav, 8000, 1, 0.01",
  })
  void givenACompressedFile_whenDecoded_thenSamplesAreThoseOfLibsndfile(
      String name, int rateHz, int channels, double atolIn16Bits) throws Exception {
    byte[] file = resource(name);
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.source().sampleRateHz()).isEqualTo(rateHz);
    assertThat(decoded.source().channels()).isEqualTo(channels);
    assertThat(decoded.defect()).isEmpty();

    ShortBuffer expected =
        ByteBuffer.wrap(resource(name + ".s16")).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] samples = Recordings.interleaved(file);
    assertThat(samples.length).isEqualTo(expected.remaining());
    double worst = 0;
    for (int i = 0; i < samples.length; i++) {
      double difference = Math.abs(samples[i] * 32768.0 - expected.get(i));
      worst = Math.max(worst, Math.abs(expected.get(i)) < Short.MAX_VALUE ? difference : 0);
    }
    assertThat(worst).as("largest difference in steps of 16 bits").isLessThan(atolIn16Bits);
  }

  @Test
  void givenManyThreads_whenTheyDecodeAtOnce_thenEachGetsTheSameSamples() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (String name : NAMES) {
        byte[] file = resource(name);
        float[] alone = Recordings.interleaved(file);
        List<Callable<float[]>> tasks = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          tasks.add(() -> Recordings.interleaved(file));
        }
        for (Future<float[]> each : threads.invokeAll(tasks)) {
          assertThat(Arrays.equals(each.get(), alone)).as(name).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = CompressedGoldenTest.class.getResourceAsStream("/compressed/" + name)) {
      return in.readAllBytes();
    }
  }
}
