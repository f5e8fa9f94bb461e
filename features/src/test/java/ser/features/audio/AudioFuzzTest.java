package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged recordings end in samples or in a reason, never in another exception, and never hang. The
 * system property {@code ser.fuzz.cases} sets how many are tried.
 */
class AudioFuzzTest {
  private static final int BATCHES = 10;
  private static final int CASES = Integer.getInteger("ser.fuzz.cases", 2000);
  private static final int LARGEST_SEED_BYTES = 60_000;
  private static final ClipReader READER = new ClipReader(new ClipLimits(0, 60, 0));

  private static IntStream seeds() {
    return IntStream.rangeClosed(1, BATCHES);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenDamagedRecordings_whenRead_thenSamplesOrAReason(int seed) {
    Random random = new Random(seed);
    List<byte[]> originals = originals();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1 + CASES / 2000),
        () -> {
          for (int i = 0; i < CASES / BATCHES; i++) {
            byte[] damaged = damage(originals.get(random.nextInt(originals.size())), random);
            readOrReject(damaged, "seed %d, case %d".formatted(seed, i));
          }
        });
  }

  private static void readOrReject(byte[] file, String which) throws IOException {
    try {
      for (float sample : READER.read(new ByteArrayInputStream(file)).clip().samples()) {
        assertThat(Float.isFinite(sample)).as(which).isTrue();
      }
    } catch (UnreadableAudioException e) {
      assertThat(e).as(which).hasMessageMatching("(?s).+");
    } catch (RuntimeException e) {
      throw new AssertionError(which, e);
    }
  }

  private static byte[] damage(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      // Half of the damage goes into the header, where a lie does most.
      int reach = random.nextBoolean() ? Math.min(bytes.length, 128) : bytes.length;
      int at = random.nextInt(reach);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) -random.nextInt(2));
        default -> bytes = random.nextInt(3) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  private static List<byte[]> originals() {
    List<byte[]> files = new ArrayList<>();
    byte[] data = new byte[2400];
    new Random(0).nextBytes(data);
    for (int bits = 8; bits <= 32; bits += 8) {
      files.add(WavBytes.riff().format(1, 2, 8000, bits).chunk("data", data).build());
      files.add(WavBytes.rifx().extensible(1, 1, 8000, bits, bits).chunk("data", data).build());
    }
    files.add(WavBytes.riff().format(3, 1, 8000, 32).chunk("data", new byte[2400]).build());
    files.add(
        WavBytes.riff().format(7, 1, 8000, 8).chunk("LIST", data).chunk("data", data).build());
    files.add(new FlacBytes(16, 2, 8000).verbatimFrames(3, 200, 7).build());
    for (Path file : SharedData.filesBelow("data/fixtures", "")) {
      try {
        if (Files.size(file) <= LARGEST_SEED_BYTES) {
          files.add(Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new AssertionError("cannot read " + file, e);
      }
    }
    return files;
  }
}
