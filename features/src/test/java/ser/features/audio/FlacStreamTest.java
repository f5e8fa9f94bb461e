package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.features.audio.RejectionReason.CORRUPT_FRAME;
import static ser.features.audio.RejectionReason.INCONSISTENT_HEADER;
import static ser.features.audio.RejectionReason.NO_AUDIO_DATA;
import static ser.features.audio.RejectionReason.STREAM_CHANGES;
import static ser.features.audio.RejectionReason.TRUNCATED;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlacStreamTest {
  private static final int BITS_16 = 4;
  private static final int LEFT_SIDE = 8;
  private static final int SIDE_RIGHT = 9;
  private static final int MID_SIDE = 10;

  @ParameterizedTest(name = "{0} bits")
  @ValueSource(ints = {8, 15, 16, 17, 24, 30, 31, 32})
  void givenExtremeStereo_whenStoredInEachMode_thenExact(int width) throws Exception {
    long most = (1L << width - 1) - 1;
    long[] left = {most, -most - 1, 0, 1, -most - 1, most, 5, -7};
    long[] right = {-most - 1, most, -1, 0, -most - 1, most, 6, -8};
    long[] side = new long[left.length];
    long[] mid = new long[left.length];
    float[] expected = new float[2 * left.length];
    for (int i = 0; i < left.length; i++) {
      side[i] = left[i] - right[i];
      mid[i] = left[i] + right[i] >> 1;
      expected[2 * i] = (float) Math.scalb((double) left[i], 1 - width);
      expected[2 * i + 1] = (float) Math.scalb((double) right[i], 1 - width);
    }
    int n = left.length;
    FlacBytes file = new FlacBytes(width, 2, 8000, 4L * n);
    file.frameHeader(n, 1, 0).verbatim(width, left).verbatim(width, right).endFrame();
    file.frameHeader(n, LEFT_SIDE, 0).verbatim(width, left).verbatim(width + 1, side).endFrame();
    file.frameHeader(n, SIDE_RIGHT, 0).verbatim(width + 1, side).verbatim(width, right).endFrame();
    file.frameHeader(n, MID_SIDE, 0).verbatim(width, mid).verbatim(width + 1, side).endFrame();
    float[] samples = Recordings.interleaved(file.build());
    for (int frame = 0; frame < 4; frame++) {
      assertThat(Arrays.copyOfRange(samples, frame * 2 * n, (frame + 1) * 2 * n))
          .as("mode %d", frame)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "order {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 20, 31, 32})
  void givenLinearPrediction_whenDecoded_thenAsTheDefinition(int order) throws Exception {
    Random random = new Random(order);
    int count = 100;
    for (int width : new int[] {16, 32}) {
      long[] coefficients = random.longs(order, -(1 << 14), 1 << 14).toArray();
      long[] samples = random.longs(count, -(1L << width - 1), 1L << width - 1).toArray();
      int shift = 14;
      FlacBytes file = new FlacBytes(width, 1, 8000, count).frameHeader(count, 0, 0);
      file.bits(32 + order - 1 << 1, 8);
      for (int i = 0; i < order; i++) {
        file.bits(samples[i], width);
      }
      file.bits(14, 4).bits(shift, 5);
      Arrays.stream(coefficients).forEach(coefficient -> file.bits(coefficient, 15));
      // One partition without Rice codes: 31 raw bits a residual.
      file.bits(0, 2).bits(0, 4).bits(15, 4).bits(31, 5);
      for (int i = order; i < count; i++) {
        long sum = 0;
        for (int j = 0; j < order; j++) {
          sum += coefficients[j] * samples[i - 1 - j];
        }
        long residual = Math.max(-(1 << 30), Math.min((1 << 30) - 1, samples[i] - (sum >> shift)));
        samples[i] = (int) ((sum >> shift) + residual);
        file.bits(residual, 31);
      }
      float[] expected = new float[count];
      for (int i = 0; i < count; i++) {
        expected[i] = (float) Math.scalb((double) samples[i], 1 - width);
      }
      assertThat(Recordings.interleaved(file.endFrame().build())).isEqualTo(expected);
    }
  }

  @Test
  void givenWastedBitsConstantAndLongUnary_whenDecoded_thenExact() throws Exception {
    FlacBytes file = new FlacBytes(16, 1, 8000, 18);
    // Constant -3, twelve wasted bits.
    file.frameHeader(16, 0, 0).bits(1, 8).bits(1, 12).bits(-3, 4).endFrame();
    // Fixed predictor of order 0, Rice parameter 0: 30000 takes a run of 60000 zeros.
    file.frameHeader(2, 0, 0).bits(8 << 1, 8).bits(0, 2).bits(0, 4).bits(0, 4);
    for (int i = 0; i < 1000; i++) {
      file.bits(0, 60);
    }
    file.bits(1, 1).bits(1, 2).endFrame();
    float[] samples = Recordings.interleaved(file.build());
    assertThat(samples)
        .hasSize(18)
        .startsWith(-3 * 4096 / 32768f)
        .endsWith(30000 / 32768f, -1 / 32768f);
  }

  @Test
  void givenBitErrorInSecondFrame_whenRead_thenFirstFrameWithDefect() throws Exception {
    byte[] file = new FlacBytes(16, 1, 8000, 600).verbatimFrames(3, 200, 1).build();
    file[42 + 411 + 100] ^= 4;
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).hasSize(200);
    assertThat(decoded.defect()).contains(CORRUPT_FRAME);
  }

  @Test
  void givenBitErrorInTheOnlyFrame_whenRead_thenCorruptFrame() {
    byte[] file = new FlacBytes(16, 1, 8000, 200).verbatimFrames(1, 200, 1).build();
    file[200] ^= 4;
    assertThat(Recordings.rejection(file).reason()).isEqualTo(CORRUPT_FRAME);
  }

  @Test
  void givenFileCutAnywhereInItsFrames_whenRead_thenWholeFramesWithDefect() throws Exception {
    byte[] file = new FlacBytes(16, 1, 8000, 600).verbatimFrames(3, 200, 1).build();
    int frameBytes = (file.length - 42) / 3;
    for (int length = 42 + frameBytes; length < file.length; length += 7) {
      DecodedClip decoded = Recordings.read(Arrays.copyOf(file, length));
      assertThat(decoded.clip().samples()).hasSize((length - 42) / frameBytes * 200);
      assertThat(decoded.defect()).contains(TRUNCATED);
    }
  }

  @Test
  void givenOtherWidthInFirstFrame_whenRead_thenInconsistentHeader() {
    FlacBytes file = new FlacBytes(24, 1, 8000);
    file.frameHeader(2, 0, BITS_16).verbatim(16, 1, 2).endFrame();
    UnreadableAudioException rejection = Recordings.rejection(file.build());
    assertThat(rejection.reason()).isEqualTo(INCONSISTENT_HEADER);
    assertThat(rejection).hasMessageContaining("16 bits");
  }

  @Test
  void givenOtherChannelsInLaterFrame_whenRead_thenStreamChanges() {
    FlacBytes file = new FlacBytes(16, 1, 8000).verbatimFrames(1, 100, 1);
    file.frameHeader(2, 1, 0).verbatim(16, 1, 2).verbatim(16, 3, 4).endFrame();
    assertThat(Recordings.rejection(file.build()).reason()).isEqualTo(STREAM_CHANGES);
  }

  @Test
  void givenMoreSamplesThanPromised_whenRead_thenAllWithDefect() throws Exception {
    DecodedClip decoded =
        Recordings.read(new FlacBytes(16, 1, 8000, 100).verbatimFrames(2, 100, 1).build());
    assertThat(decoded.clip().samples()).hasSize(200);
    assertThat(decoded.defect()).contains(INCONSISTENT_HEADER);
  }

  @Test
  void givenTagBehindTheLastSample_whenRead_thenIgnored() throws Exception {
    byte[] tag = Arrays.copyOf(new byte[] {'T', 'A', 'G'}, 128);
    DecodedClip decoded =
        Recordings.read(new FlacBytes(16, 1, 8000, 200).verbatimFrames(2, 100, 1).raw(tag).build());
    assertThat(decoded.clip().samples()).hasSize(200);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenMetadataOnly_whenRead_thenNoAudioDataOrTruncated() {
    assertThat(Recordings.rejection(new FlacBytes(16, 1, 8000).build()).reason())
        .isEqualTo(NO_AUDIO_DATA);
    assertThat(Recordings.rejection(new FlacBytes(16, 1, 8000, 9).build()).reason())
        .isEqualTo(TRUNCATED);
  }

  @Test
  void givenId3TagInFront_whenRead_thenPassedOver() throws Exception {
    byte[] flac = new FlacBytes(16, 1, 8000, 200).verbatimFrames(2, 100, 1).build();
    byte[] tagged = new byte[10 + 300 + flac.length];
    System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 2, 44}, 0, tagged, 0, 10);
    System.arraycopy(flac, 0, tagged, 310, flac.length);
    assertThat(Recordings.interleaved(tagged)).isEqualTo(Recordings.interleaved(flac));
  }
}
