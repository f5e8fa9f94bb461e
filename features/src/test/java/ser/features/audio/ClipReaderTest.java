package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ClipReaderTest {
  private static final ClipLimits LIMITS = new ClipLimits(0.5, 2, 1e-3);

  private static byte[] wav(int channels, int rateHz, int... samples) {
    ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      data.putShort((short) sample);
    }
    return WavBytes.riff().format(1, channels, rateHz, 16).chunk("data", data.array()).build();
  }

  private static UnreadableAudioException rejection(byte[] file) {
    return catchThrowableOfType(
        UnreadableAudioException.class,
        () -> new ClipReader(LIMITS).read(new ByteArrayInputStream(file)));
  }

  @Test
  void givenStereo_whenRead_thenChannelsAreAveraged() throws Exception {
    DecodedClip decoded = Recordings.read(wav(2, 8000, 32767, 32766, -32768, -32768, 1, 0));
    assertThat(decoded.clip().samples()).containsExactly(65533 / 65536f, -1f, 1 / 65536f);
    assertThat(decoded.source().channels()).isEqualTo(2);
  }

  @Test
  void givenOneChannel_whenChosen_thenItAlone() throws Exception {
    byte[] file = wav(2, 8000, 1, 2, 3, 4, 5, 6);
    float[] samples = new float[2];
    MonoStream second = MonoStream.ofChannel(AudioReader.open(new ByteArrayInputStream(file)), 1);
    assertThat(second.format().channels()).isEqualTo(1);
    assertThat(second.read(samples)).isEqualTo(2);
    assertThat(samples).containsExactly(2 / 32768f, 4 / 32768f);
    assertThat(second.read(samples)).isEqualTo(1);
    assertThat(second.read(samples)).isEqualTo(-1);
  }

  @Test
  void givenChannelThatIsNotThere_whenChosen_thenRefused() throws Exception {
    AudioStream stream = AudioReader.open(new ByteArrayInputStream(wav(2, 8000, 1, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MonoStream.ofChannel(stream, 2))
        .withMessageContaining("no channel 2");
  }

  @Test
  void givenShortClip_whenRead_thenTooShort() {
    UnreadableAudioException rejection = rejection(wav(1, 8000, new int[3999]));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_SHORT);
    assertThat(rejection).hasMessageContaining("0.499875 s");
  }

  @Test
  void givenZeros_whenRead_thenSilent() {
    assertThat(rejection(wav(1, 8000, new int[4000])).reason()).isEqualTo(RejectionReason.SILENT);
  }

  @Test
  void givenEndlessRecording_whenRead_thenTooLongWithoutReadingOn() {
    byte[] header =
        WavBytes.riff().format(1, 1, 8000, 16).chunkHeader("data", 0xFFFF_FFFFL).build();
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(header),
            new InputStream() {
              @Override
              public int read() {
                return 1;
              }
            });
    UnreadableAudioException rejection =
        catchThrowableOfType(
            UnreadableAudioException.class, () -> new ClipReader(LIMITS).read(endless));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_LONG);
  }

  @Test
  void givenClipOfExactlyTheLongestDuration_whenRead_thenWhole() throws Exception {
    int[] samples = new int[16_000];
    samples[7] = 9999;
    Clip clip = new ClipReader(LIMITS).read(new ByteArrayInputStream(wav(1, 8000, samples))).clip();
    assertThat(clip.samples()).hasSize(16_000);
  }

  @Test
  void givenNanInOneChannel_whenRead_thenNonFiniteWithItsPlace() {
    ByteBuffer data = ByteBuffer.allocate(8 * 9000).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(8 * 8000 + 4, Float.NaN);
    byte[] file = WavBytes.riff().format(3, 2, 8000, 32).chunk("data", data.array()).build();
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.NON_FINITE_SAMPLES);
    assertThat(rejection).hasMessageContaining("Sample 8000 of channel 1 is NaN");
  }

  @Test
  void givenImplausibleRates_whenRead_thenRefused() {
    for (int rateHz : new int[] {999, 384_001}) {
      UnreadableAudioException rejection = Recordings.rejection(wav(1, rateHz, 1, 2, 3));
      assertThat(rejection.reason()).isEqualTo(RejectionReason.IMPLAUSIBLE_RATE);
      assertThat(rejection).hasMessageContaining(Integer.toString(rateHz));
    }
  }

  @Test
  void givenFaultOfTheStorage_whenRead_thenIoExceptionNotQuarantine() {
    byte[] file = wav(1, 8000, new int[5000]);
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(file, 0, 5000),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> new ClipReader(LIMITS).read(failing))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void givenLimits_whenSentToAnotherProcess_thenEqual() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(LIMITS);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(LIMITS);
    }
  }

  @Test
  void givenNanAsLimit_whenMade_thenRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClipLimits(Double.NaN, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ClipLimits(0, Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ClipLimits(0, 1, Double.NaN));
  }
}
