package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.features.audio.OggBytes.FIRST;
import static ser.features.audio.OggBytes.LAST;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OggReaderTest {
  private static final int PACKET_SAMPLES = 960;
  private static final int PRE_SKIP = 312;

  private static OggBytes headers() {
    return new OggBytes()
        .page(FIRST, 0, OggBytes.opusHead(1, PRE_SKIP))
        .page(0, 0, "OpusTags".getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[][] packets(int count) {
    byte[][] packets = new byte[count][];
    Arrays.fill(packets, OggBytes.opusSilence());
    return packets;
  }

  @Test
  void givenOpus_whenRead_thenPreSkipAndTheLastPositionAreTakenOff() throws Exception {
    byte[] file = headers().page(0, 2880, packets(3)).page(LAST, 4000, packets(2)).build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.source()).isEqualTo(new AudioFormat("ogg", "opus", 48_000, 1));
    assertThat(decoded.clip().samples()).hasSize(4000 - PRE_SKIP);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenAStreamCutOutOfALongerOne_whenRead_thenItsEndIsTakenFromItsOwnStart() throws Exception {
    long start = 1_000_000;
    byte[] file =
        headers().page(0, start + 2880, packets(3)).page(LAST, start + 4000, packets(2)).build();
    assertThat(Recordings.read(file).clip().samples()).hasSize(4000 - PRE_SKIP);
  }

  @Test
  void givenADamagedPage_whenRead_thenWhatCameBeforeIsKept() throws Exception {
    byte[] file = headers().page(0, 2880, packets(3)).page(LAST, 4800, packets(2)).build();
    file[file.length - 1] ^= 1;
    requirePart(file, 3, RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenACutPage_whenRead_thenTruncated() throws Exception {
    byte[] file = headers().page(0, 2880, packets(3)).page(LAST, 4800, packets(2)).build();
    requirePart(Arrays.copyOf(file, file.length - 1), 3, RejectionReason.TRUNCATED);
  }

  @Test
  void givenNoLastPage_whenRead_thenTruncated() throws Exception {
    requirePart(headers().page(0, 2880, packets(3)).build(), 3, RejectionReason.TRUNCATED);
  }

  @Test
  void givenAMissingPage_whenRead_thenNothingBehindItIsRead() throws Exception {
    byte[] file = headers().page(0, 2880, packets(3)).page(7, 5, LAST, 9000, packets(2)).build();
    requirePart(file, 3, RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenAPacketThatIsNoOpus_whenRead_thenWhatCameBeforeIsKept() throws Exception {
    byte[] file =
        headers().page(LAST, 4800, OggBytes.opusSilence(), new byte[0], new byte[] {3}).build();
    requirePart(file, 1, RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenASecondStreamBehindTheFirst_whenRead_thenTheStreamChanges() {
    byte[] one = OggBytes.opus(3);
    byte[] file = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, file, one.length, one.length);
    assertThat(Recordings.rejection(file).reason()).isEqualTo(RejectionReason.STREAM_CHANGES);
  }

  @Test
  void givenPagesOfOtherStreams_whenRead_thenTheyArePassedOver() throws Exception {
    byte[] file =
        new OggBytes()
            .page(99, 0, FIRST, 0, "fishead".getBytes(StandardCharsets.US_ASCII))
            .page(FIRST, 0, OggBytes.opusHead(1, PRE_SKIP))
            .page(99, 1, 0, 0, new byte[100])
            .page(0, 0, "OpusTags".getBytes(StandardCharsets.US_ASCII))
            .page(99, 2, LAST, 0, new byte[100])
            .page(LAST, 2880, packets(3))
            .build();
    assertThat(Recordings.read(file).clip().samples()).hasSize(2880 - PRE_SKIP);
  }

  @Test
  void givenFlacInOgg_whenRead_thenSamplesAreThoseOfTheFlacFile() throws Exception {
    byte[] flac = new FlacBytes(16, 1, 8000).verbatimFrames(2, 150, 8).build();
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(new byte[] {0x7F, 'F', 'L', 'A', 'C', 1, 0, 0, 0});
    first.write(flac, 0, 42);
    byte[] file =
        new OggBytes()
            .page(FIRST, 0, first.toByteArray())
            .page(LAST, 300, Arrays.copyOfRange(flac, 42, flac.length))
            .build();
    assertThat(Recordings.interleaved(file)).isEqualTo(Recordings.interleaved(flac));
    assertThat(Recordings.read(file).source().container()).isEqualTo("ogg");
  }

  /** A cover, as people put it there. */
  @Test
  void givenAPictureInTheComments_whenRead_thenItIsPassedOver() throws Exception {
    byte[] comments = Arrays.copyOf("OpusTags".getBytes(StandardCharsets.US_ASCII), 3 << 20);
    byte[] file =
        new OggBytes()
            .page(FIRST, 0, OggBytes.opusHead(1, PRE_SKIP))
            .longPacket(comments)
            .page(LAST, 2880, packets(3))
            .build();
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).hasSize(2880 - PRE_SKIP);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenAPictureInFlacInOgg_whenRead_thenItIsPassedOver() throws Exception {
    byte[] flac = new FlacBytes(16, 1, 8000).verbatimFrames(2, 150, 8).build();
    int length = 3 << 20;
    byte[] picture = new byte[4 + length];
    picture[0] = (byte) 0x86;
    picture[1] = (byte) (length >> 16);
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(new byte[] {0x7F, 'F', 'L', 'A', 'C', 1, 0, 0, 1});
    first.write(flac, 0, 42);
    byte[] head = first.toByteArray();
    // There is another block.
    head[9 + 4] = 0;
    byte[] file =
        new OggBytes()
            .page(FIRST, 0, head)
            .longPacket(picture)
            .page(LAST, 300, Arrays.copyOfRange(flac, 42, flac.length))
            .build();
    assertThat(Recordings.interleaved(file)).isEqualTo(Recordings.interleaved(flac));
    assertThat(Recordings.read(file).defect()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'Speex   1.2.1', UNSUPPORTED_CODEC, Speex",
    "'fishead', UNSUPPORTED_CODEC, fishead",
    "'OpusHead', BAD_HEADER, Opus",
    "'\u0001vorbis', BAD_HEADER, Vorbis",
    "'\u007FFLAC\u0001\u0000\u0000\u0000nonsense', BAD_HEADER, FLAC",
  })
  void givenAFirstPacket_whenOpened_thenRefusedByName(
      String packet, RejectionReason reason, String named) {
    byte[] file =
        new OggBytes()
            .page(FIRST, 0, packet.getBytes(StandardCharsets.ISO_8859_1))
            .page(0, 0, new byte[10])
            .page(LAST, 0, new byte[10])
            .build();
    UnreadableAudioException rejection = Recordings.rejection(file);
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection).hasMessageContaining(named);
  }

  @Test
  void givenOpusOfSixChannels_whenOpened_thenUnsupported() {
    byte[] head = OggBytes.opusHead(6, PRE_SKIP);
    head[18] = 1;
    byte[] file = new OggBytes().page(FIRST, 0, head).page(LAST, 0, new byte[9]).build();
    assertThat(Recordings.rejection(file).reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
  }

  /** Fields of the first codebook: 16 bits of dimensions, then 24 of entries. */
  @ParameterizedTest
  @CsvSource({"3, 255", "4, 255", "5, 255", "1, 0"})
  void givenVorbisTablesThatAskForMemory_whenOpened_thenTheyAreRefused(int at, int value)
      throws Exception {
    byte[] file = CompressedGoldenTest.resource("vorbis_16000_stereo.ogg");
    int setup = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u0005vorbis");
    file[setup + 8 + 2 + at] = (byte) value;
    OggBytes.repairAll(file);
    assertThat(Recordings.rejection(file).reason()).isEqualTo(RejectionReason.BAD_HEADER);
  }

  private static void requirePart(byte[] file, int packets, RejectionReason reason)
      throws Exception {
    DecodedClip decoded = Recordings.read(file);
    assertThat(decoded.clip().samples()).hasSize(packets * PACKET_SAMPLES - PRE_SKIP);
    assertThat(decoded.defect()).contains(reason);
  }
}
