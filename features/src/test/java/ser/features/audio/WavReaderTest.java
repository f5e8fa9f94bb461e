package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.features.audio.RejectionReason.BAD_HEADER;
import static ser.features.audio.RejectionReason.INCONSISTENT_HEADER;
import static ser.features.audio.RejectionReason.NO_AUDIO_DATA;
import static ser.features.audio.RejectionReason.TRUNCATED;
import static ser.features.audio.RejectionReason.UNSUPPORTED_CODEC;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavReaderTest {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final byte[] FOUR_SAMPLES = {0, 0, 0, 64, 0, (byte) 0xC0, (byte) 0xFF, 127};
  private static final float[] FOUR_VALUES = {0f, 0.5f, -0.5f, 32767 / 32768f};

  private static Stream<Integer> seeds() {
    return Stream.iterate(1, seed -> seed + 1).limit(10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenRandomIntegers_whenReadInEachWidthAndOrder_thenExact(int seed) throws Exception {
    Random random = new Random(seed);
    int channels = 1 + random.nextInt(8);
    int frames = 1 + random.nextInt(20_000);
    for (int bytes = 1; bytes <= 4; bytes++) {
      for (WavBytes file : new WavBytes[] {WavBytes.riff(), WavBytes.rifx()}) {
        boolean big = file.build()[3] == 'X';
        int[] values = new int[channels * frames];
        byte[] data = new byte[values.length * bytes];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt() >> 32 - 8 * bytes;
          int stored = bytes == 1 ? values[i] + 128 : values[i];
          for (int b = 0; b < bytes; b++) {
            data[i * bytes + (big ? bytes - 1 - b : b)] = (byte) (stored >> 8 * b);
          }
        }
        boolean extensible = random.nextBoolean();
        if (extensible) {
          file.extensible(PCM, channels, 16_000, 8 * bytes, 8 * bytes);
        } else {
          file.format(PCM, channels, 16_000, 8 * bytes);
        }
        float[] samples = Recordings.interleaved(file.chunk("data", data).build());
        assertThat(samples).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
          assertThat(samples[i]).isEqualTo((float) (values[i] / Math.scalb(1.0, 8 * bytes - 1)));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenRandomFloats_whenRead_thenKeptBeyondFullScale(int seed) throws Exception {
    Random random = new Random(seed);
    float[] values = new float[1 + random.nextInt(9000)];
    ByteBuffer singles = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer doubles = ByteBuffer.allocate(8 * values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (10 * random.nextGaussian());
      singles.putFloat(values[i]);
      doubles.putDouble(values[i]);
    }
    byte[] little =
        WavBytes.riff().format(FLOAT, 1, 8000, 32).chunk("data", singles.array()).build();
    byte[] big =
        WavBytes.rifx().extensible(FLOAT, 1, 8000, 64, 64).chunk("data", doubles.array()).build();
    assertThat(Recordings.interleaved(little)).isEqualTo(values);
    assertThat(Recordings.interleaved(big)).isEqualTo(values);
  }

  @Test
  void givenG711Codes_whenRead_thenValuesOfTheRecommendation() throws Exception {
    byte[] codes = {0x00, 0x7F, (byte) 0x80, (byte) 0xFF, 0x55, (byte) 0xD5, 0x2A, (byte) 0xAA};
    byte[] muLaw = WavBytes.riff().format(MU_LAW, 1, 8000, 8).chunk("data", codes).build();
    byte[] aLaw = WavBytes.riff().format(A_LAW, 1, 8000, 8).chunk("data", codes).build();
    // ITU-T G.711 in 16 bits: the loudest and the quietest code of each sign.
    assertThat(sixteenBit(Recordings.interleaved(muLaw)))
        .startsWith(-32124, 0, 32124, 0)
        .endsWith(-716, 716, -5372, 5372);
    assertThat(sixteenBit(Recordings.interleaved(aLaw))).endsWith(-8, 8, -32256, 32256);
  }

  private static int[] sixteenBit(float[] samples) {
    int[] values = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      values[i] = (int) (samples[i] * 32768);
    }
    return values;
  }

  @Test
  void givenOddChunksAroundData_whenRead_thenOnlyDataIsSamples() throws Exception {
    byte[] file =
        WavBytes.riff()
            .chunk("JUNK", new byte[77])
            .format(PCM, 1, 8000, 16)
            .chunk("LIST", new byte[3])
            .chunk("data", FOUR_SAMPLES)
            .chunk("id3 ", new byte[99])
            .bytes((byte) 1, (byte) 2)
            .build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).isEmpty();
    assertThat(decoded.source()).isEqualTo(new AudioFormat("wav", "pcm_s16le", 8000, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFF_FFFFL})
  void givenSizesOfAPipe_whenRead_thenSamplesGoToTheEnd(long size) throws Exception {
    byte[] file =
        WavBytes.riff()
            .riffSize(size)
            .format(PCM, 1, 8000, 16)
            .chunkHeader("data", size)
            .bytes(FOUR_SAMPLES)
            .build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenEmptyDataBeforeAnotherChunk_whenRead_thenNoAudioData() {
    byte[] file =
        WavBytes.riff()
            .riffSize(0)
            .format(PCM, 1, 8000, 16)
            .chunk("data", new byte[0])
            .chunk("LIST", new byte[4000])
            .build();
    assertThat(Recordings.rejection(file).reason()).isEqualTo(NO_AUDIO_DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF64", "BW64"})
  void givenAWideForm_whenRead_thenSizeIsThatOfDs64(String form) throws Exception {
    ByteBuffer sizes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    sizes.putLong(0).putLong(FOUR_SAMPLES.length).putLong(4);
    byte[] file =
        WavBytes.riff()
            .named(form)
            .riffSize(0xFFFF_FFFFL)
            .chunk("ds64", sizes.array())
            .format(PCM, 1, 8000, 16)
            .chunkHeader("data", 0xFFFF_FFFFL)
            .bytes(FOUR_SAMPLES)
            .bytes(new byte[50])
            .build();
    assertThat(Recordings.read(file).clip().samples()).isEqualTo(FOUR_VALUES);
  }

  @Test
  void givenFileCutInItsSamples_whenRead_thenPartWithDefect() throws Exception {
    byte[] file =
        WavBytes.riff()
            .format(PCM, 1, 8000, 16)
            .chunkHeader("data", 2_000_000_000)
            .bytes(FOUR_SAMPLES)
            .bytes((byte) 9)
            .build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).contains(TRUNCATED);
  }

  @Test
  void givenFileCutBeforeItsSamples_whenRead_thenTruncated() {
    byte[] file = WavBytes.riff().format(PCM, 1, 8000, 16).chunkHeader("data", 100).build();
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(TRUNCATED);
    assertThat(rejection).hasMessageContaining("100 bytes");
  }

  @Test
  void givenPaddedContainers_whenValidBitsAreTheUpperOnes_thenRead() throws Exception {
    byte[] upper = {0, 0, 0, 64, 0, 0, 0, (byte) 0xC0};
    byte[] file = WavBytes.riff().extensible(PCM, 1, 8000, 32, 24).chunk("data", upper).build();
    assertThat(Recordings.read(file).clip().samples()).containsExactly(0.5f, -0.5f);
  }

  @Test
  void givenPaddedContainers_whenValidBitsAreTheLowerOnes_thenRefusedNotMisread() {
    byte[] lower = {1, 2, 3, 0};
    byte[] file = WavBytes.riff().extensible(PCM, 1, 8000, 32, 24).chunk("data", lower).build();
    assertThat(Recordings.rejection(file).reason()).isEqualTo(INCONSISTENT_HEADER);
  }

  @Test
  void givenTwoDataChunks_whenRead_thenFirstWithDefect() throws Exception {
    byte[] file =
        WavBytes.riff()
            .format(PCM, 1, 8000, 16)
            .chunk("data", FOUR_SAMPLES)
            .chunk("data", FOUR_SAMPLES)
            .build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).isEqualTo(FOUR_VALUES);
    assertThat(decoded.defect()).contains(INCONSISTENT_HEADER);
  }

  private static Stream<Object[]> wrongHeaders() {
    byte[] data = new byte[64];
    return Stream.of(
            new Object[] {BAD_HEADER, WavBytes.riff().format(PCM, 0, 8000, 16), "0 channels"},
            new Object[] {
              BAD_HEADER, WavBytes.riff().format(PCM, 65535, 8000, 16, 2), "65535 channels"
            },
            new Object[] {BAD_HEADER, WavBytes.riff().format(PCM, 1, 0, 16), "0 Hz"},
            new Object[] {BAD_HEADER, WavBytes.riff().format(PCM, 1, 8000, 0), "0 bits"},
            new Object[] {BAD_HEADER, WavBytes.riff().chunk("fmt ", new byte[14]), "14 bytes"},
            new Object[] {BAD_HEADER, WavBytes.riff(), "before any fmt"},
            new Object[] {
              INCONSISTENT_HEADER, WavBytes.riff().format(PCM, 3, 8000, 24, 4), "block align 4"
            },
            new Object[] {
              INCONSISTENT_HEADER, WavBytes.riff().extensible(PCM, 1, 8000, 16, 24), "24 valid"
            },
            new Object[] {UNSUPPORTED_CODEC, WavBytes.riff().format(0x11, 1, 8000, 4), "0x0011"},
            new Object[] {UNSUPPORTED_CODEC, WavBytes.riff().format(PCM, 1, 8000, 36), "36 bits"},
            new Object[] {UNSUPPORTED_CODEC, WavBytes.riff().format(FLOAT, 1, 8000, 16), "16 bits"})
        .map(row -> new Object[] {row[0], ((WavBytes) row[1]).chunk("data", data).build(), row[2]});
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("wrongHeaders")
  void givenWrongHeader_whenRead_thenReasonAndValueAreNamed(
      RejectionReason reason, byte[] file, String named) {
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection).hasMessageContaining(named);
  }
}
