package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of a fixed number of bytes a frame, read from their middle on. */
class SkippingTest {
  private static final int PCM = 1;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyHeader_whenSkippedIntoIt_thenTheRestAndItsDefectAreThoseOfTheWhole(long seed)
      throws Exception {
    Random random = new Random(seed);
    byte[] file = anyFile(random);
    float[] whole;
    String defect;
    OptionalLong frames;
    int channels;
    try (AudioStream audio = AudioReader.open(new Ranged(file))) {
      channels = audio.format().channels();
      frames = audio.framesIn(file.length);
      whole = rest(audio);
      defect = audio.defect().toString();
    }
    assertThat(frames).as("frames by size").hasValue(whole.length / channels);

    // Beyond the end too.
    long skipped = random.nextInt(2 * whole.length / channels);
    long expected = Math.min(skipped, frames.getAsLong());
    Ranged ranged = new Ranged(file);
    try (AudioStream audio = AudioReader.open(ranged)) {
      assertThat(audio.skip(skipped)).isEqualTo(expected);
      assertThat(rest(audio))
          .isEqualTo(Arrays.copyOfRange(whole, (int) expected * channels, whole.length));
      assertThat(audio.defect().toString()).isEqualTo(defect);
    }
    assertThat(ranged.read).as("bytes read").isLessThan(file.length + 1L);
  }

  @Test
  void givenALongFile_whenSkipped_thenWhatIsSkippedIsNotRead() throws Exception {
    byte[] file = WavBytes.riff().format(MU_LAW, 2, 8_000, 8).chunk("data", noise(4 << 20)).build();
    Ranged ranged = new Ranged(file);

    try (AudioStream audio = AudioReader.open(ranged)) {
      audio.skip(2_000_000);
      assertThat(rest(audio)).hasSize((4 << 20) - 4_000_000);
    }

    assertThat(ranged.read).isLessThan(500_000);
  }

  @ParameterizedTest
  @CsvSource({"3, 32", "3, 64"})
  void givenFloats_whenAsked_thenTheirNumberIsNoPromiseForTheyMayBeNoNumbers(int tag, int bits)
      throws Exception {
    byte[] file = WavBytes.riff().format(tag, 1, 8_000, bits).chunk("data", new byte[800]).build();

    try (AudioStream audio = AudioReader.open(new Ranged(file))) {
      assertThat(audio.framesIn(file.length)).isEmpty();
      assertThat(audio.skip(50)).isEqualTo(50);
      assertThat(rest(audio)).hasSize(800 * 8 / bits - 50);
    }
  }

  @Test
  void givenPaddedSamplesOrAnUnbelievableRate_whenAsked_thenTheirNumberIsNoPromise()
      throws Exception {
    byte[] padded =
        WavBytes.riff().extensible(PCM, 1, 8_000, 32, 24).chunk("data", new byte[800]).build();
    byte[] fast = WavBytes.riff().format(PCM, 1, 999, 16).chunk("data", new byte[800]).build();

    try (AudioStream first = AudioReader.open(new Ranged(padded));
        AudioStream second = AudioReader.open(new Ranged(fast))) {
      assertThat(first.framesIn(padded.length)).isEmpty();
      assertThat(second.framesIn(fast.length)).isEmpty();
    }
  }

  private static byte[] anyFile(Random random) {
    int[][] codings = {{PCM, 8}, {PCM, 16}, {PCM, 24}, {PCM, 32}, {A_LAW, 8}, {MU_LAW, 8}};
    int[] coding = codings[random.nextInt(codings.length)];
    int channels = 1 + random.nextInt(3);
    int frameBytes = channels * coding[1] / 8;
    byte[] samples = noise((1 + random.nextInt(200_000)) * frameBytes + random.nextInt(frameBytes));
    WavBytes wav =
        (random.nextBoolean() ? WavBytes.riff() : WavBytes.rifx())
            .format(coding[0], channels, 8_000, coding[1]);
    if (random.nextBoolean()) {
      wav.chunk("LIST", noise(random.nextInt(200_000)));
    }
    return switch (random.nextInt(5)) {
      // As it should be, with something behind.
      case 0 -> wav.chunk("data", samples).chunk("LIST", noise(99)).build();
      // Breaks off.
      case 1 -> wav.chunkHeader("data", samples.length + 1_000_000L).bytes(samples).build();
      // Written to a pipe.
      case 2 -> wav.riffSize(0).chunkHeader("data", 0).bytes(loud(samples)).build();
      case 3 -> wav.riffSize(-1).chunkHeader("data", 0xFFFF_FFFFL).bytes(samples).build();
      // A second data chunk.
      default -> wav.chunk("data", samples).chunk("data", noise(1_000)).build();
    };
  }

  /** The first bytes of no chunk's name. */
  private static byte[] loud(byte[] samples) {
    samples[0] = (byte) 0x81;
    return samples;
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return noise;
  }

  static float[] rest(AudioStream audio) throws IOException, UnreadableAudioException {
    float[] all = new float[0];
    float[] block = new float[7_777 * audio.format().channels()];
    for (int count = audio.read(block); count >= 0; count = audio.read(block)) {
      int from = all.length;
      all = Arrays.copyOf(all, from + count * audio.format().channels());
      System.arraycopy(block, 0, all, from, all.length - from);
    }
    return all;
  }

  /** Bytes in memory; counts those that are read. */
  private static final class Ranged extends SkippableInput {
    private final byte[] file;
    private int position;
    private long read;

    private Ranged(byte[] file) {
      this.file = file;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == file.length) {
        return -1;
      }
      int count = Math.min(length, file.length - position);
      System.arraycopy(file, position, target, offset, count);
      position += count;
      read += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.min(count, file.length - position);
      position += (int) skipped;
      return skipped;
    }
  }
}
