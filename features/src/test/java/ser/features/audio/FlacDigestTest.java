package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** STREAMINFO carries the MD5 of the samples that went into the encoder: equal means bit exact. */
class FlacDigestTest {
  private static final int EVERY = 20;

  private static Stream<Path> files() {
    List<Path> corpus = SharedData.filesBelow("data/ravdess", ".flac");
    return Stream.concat(
        IntStream.range(0, corpus.size()).filter(i -> i % EVERY == 0).mapToObj(corpus::get),
        SharedData.filesBelow("data/fixtures", ".flac").stream());
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("files")
  void givenWholeFlacFile_whenDecoded_thenDigestIsTheEncoders(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    MessageDigest digest = MessageDigest.getInstance("MD5");
    try (AudioStream stream = AudioReader.open(new ByteArrayInputStream(bytes))) {
      int bits = ((bytes[20] & 1) << 4 | (bytes[21] & 0xFF) >> 4) + 1;
      drain(stream, digest, bits);
      // FixturesTest says which of them must be read.
      Assumptions.assumeTrue(stream.defect().isEmpty(), "not a whole recording");
    } catch (UnreadableAudioException e) {
      Assumptions.abort("not a recording: " + e.getMessage());
    }
    assertThat(digest.digest()).isEqualTo(Arrays.copyOfRange(bytes, 26, 42));
  }

  private static void drain(AudioStream stream, MessageDigest digest, int bits)
      throws IOException, UnreadableAudioException {
    float[] block = new float[4096 * stream.format().channels()];
    byte[] bytes = new byte[block.length * 4];
    for (int frames = stream.read(block); frames >= 0; frames = stream.read(block)) {
      int length = 0;
      for (int i = 0; i < frames * stream.format().channels(); i++) {
        int sample = (int) (block[i] * Math.scalb(1.0, bits - 1));
        for (int b = 0; b < (bits + 7) / 8; b++) {
          bytes[length++] = (byte) (sample >> 8 * b);
        }
      }
      digest.update(bytes, 0, length);
    }
  }
}
