package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of more bytes than an int, or a size of RIFF, can say. */
class HugeRecordingTest {
  private static final int CHANNELS = 256;
  private static final int FRAME_BYTES = 4 * CHANNELS;
  private static final long FRAMES = (1L << 32) / FRAME_BYTES + 1_000;
  private static final int SOUND_FRAMES = 500;

  @Test
  void givenMoreThan4Gb_whenReadToItsEnd_thenEveryFrameIsThereAndTheLastOnesSound()
      throws Exception {
    long frames = 0;
    double sum = 0;
    try (MonoStream mono =
        MonoStream.ofChannel(AudioReader.open(new Generated(rf64(), FRAMES)), 255)) {
      float[] block = new float[8_192];
      for (int count = mono.read(block); count >= 0; count = mono.read(block)) {
        frames += count;
        for (int i = 0; i < count; i++) {
          sum += block[i];
        }
      }
      assertThat(mono.defect()).isEmpty();
    }

    assertThat(frames).isEqualTo(FRAMES);
    assertThat(sum).isEqualTo(SOUND_FRAMES * 0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {SOUND_FRAMES, SOUND_FRAMES + 1, 1_000_000, 3_000_000})
  void givenMoreThan4Gb_whenSkippedNearItsEnd_thenTheRestIsThere(long left) throws Exception {
    byte[] header = rf64();
    try (AudioStream audio = AudioReader.open(new Generated(header, FRAMES))) {
      assertThat(audio.framesIn(header.length + FRAMES * FRAME_BYTES)).hasValue(FRAMES);
      assertThat(audio.skip(FRAMES - left)).isEqualTo(FRAMES - left);
      float[] first = new float[CHANNELS];
      assertThat(audio.read(first)).isEqualTo(1);
      assertThat(first[255]).isEqualTo(left == SOUND_FRAMES ? 0.5f : 0f);
      assertThat(audio.skip(Long.MAX_VALUE)).isEqualTo(left - 1);
      assertThat(audio.read(first)).isEqualTo(-1);
      assertThat(audio.defect()).isEmpty();
    }
  }

  @Test
  void givenWavOf3Gb_whenSkipped_thenItsSizeIsNoNegativeNumber() throws Exception {
    long frames = 3L << 20;
    byte[] header =
        WavBytes.riff()
            .riffSize(36 + frames * FRAME_BYTES)
            .format(1, CHANNELS, 48_000, 32)
            .chunkHeader("data", frames * FRAME_BYTES)
            .build();

    try (AudioStream audio = AudioReader.open(new Generated(header, frames))) {
      assertThat(audio.framesIn(header.length + frames * FRAME_BYTES)).hasValue(frames);
      assertThat(audio.skip(frames - 1)).isEqualTo(frames - 1);
      float[] last = new float[CHANNELS];
      assertThat(audio.read(last)).isEqualTo(1);
      assertThat(last[255]).isEqualTo(0.5f);
    }
  }

  private static byte[] rf64() {
    byte[] sizes =
        ByteBuffer.allocate(28)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(72 + FRAMES * FRAME_BYTES)
            .putLong(FRAMES * FRAME_BYTES)
            .putLong(FRAMES)
            .putInt(0)
            .array();
    return WavBytes.riff()
        .named("RF64")
        .riffSize(0xFFFF_FFFFL)
        .chunk("ds64", sizes)
        .format(1, CHANNELS, 48_000, 32)
        .chunkHeader("data", 0xFFFF_FFFFL)
        .build();
  }

  /** A header, silence, and at the end {@link #SOUND_FRAMES} frames of half of full scale. */
  private static final class Generated extends SkippableInput {
    private static final byte[] HALF = {0, 0, 0, 0x40};

    private final byte[] header;
    private final long soundFrom;
    private final long size;
    private long position;

    private Generated(byte[] header, long frames) {
      this.header = header;
      this.size = header.length + frames * FRAME_BYTES;
      this.soundFrom = size - (long) SOUND_FRAMES * FRAME_BYTES;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == size) {
        return -1;
      }
      long end = position < header.length ? header.length : position < soundFrom ? soundFrom : size;
      int count = (int) Math.min(length, end - position);
      if (position < header.length) {
        System.arraycopy(header, (int) position, target, offset, count);
      } else if (position < soundFrom) {
        Arrays.fill(target, offset, offset + count, (byte) 0);
      } else {
        for (int i = 0; i < count; i++) {
          target[offset + i] = HALF[(int) ((position + i - soundFrom) % 4)];
        }
      }
      position += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.min(count, size - position);
      position += skipped;
      return skipped;
    }
  }
}
