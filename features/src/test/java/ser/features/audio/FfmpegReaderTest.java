package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is given to ffmpeg, and what is made of its answers: most of it with stand-ins for it. */
class FfmpegReaderTest {
  private static final byte[] AMR = "#!AMR\n and then speech".getBytes(StandardCharsets.US_ASCII);

  /** A WAV header of a stream, of 32-bit floats, mono, 8 kHz, for printf. */
  private static final String WAV =
      "RIFF\\377\\377\\377\\377WAVEfmt \\020\\000\\000\\000\\003\\000\\001\\000"
          + "\\100\\037\\000\\000\\000\\175\\000\\000\\004\\000\\040\\000data\\377\\377\\377\\377";

  @TempDir private Path folder;

  @Test
  void givenAFormatThatIsReadHere_whenOpened_thenFfmpegIsNotAsked() throws Exception {
    byte[] file = WavBytes.riff().format(1, 1, 8000, 16).chunk("data", new byte[200]).build();
    assertThat(read(new FfmpegReader("/no/such/program", 1, 1), file).clip().samples())
        .hasSize(100);
  }

  @Test
  void givenWhatIsNoAudio_whenOpened_thenFfmpegIsNotAsked() {
    byte[] playlist =
        "ffconcat version 1.0\nfile /etc/passwd\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(rejection(new FfmpegReader("/no/such/program", 1, 1), playlist).reason())
        .isEqualTo(RejectionReason.NOT_AUDIO_CONTAINER);
  }

  @Test
  void givenNoFfmpeg_whenARecordingNeedsIt_thenItIsNoFaultOfTheRecording() {
    FfmpegReader missing = new FfmpegReader(folder.resolve("none").toString(), 1, 1);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(missing, AMR))
        .withMessageContaining("none")
        .withMessageContaining("ser.audio.ffmpeg");
    assertThatExceptionOfType(IOException.class).isThrownBy(missing::requireReady);
  }

  @Test
  void givenSamplesFromFfmpeg_whenRead_thenTheyAreTheClip() throws Exception {
    FfmpegReader reader =
        program(
            "cat >/dev/null; printf '" + WAV + "\\000\\000\\200\\077\\000\\000\\000\\277'", 10, 10);
    DecodedClip decoded = read(reader, AMR);
    assertThat(decoded.clip().samples()).containsExactly(1f, -0.5f);
    assertThat(decoded.clip().sampleRateHz()).isEqualTo(8000);
    assertThat(decoded.defect()).isEmpty();
  }

  @Test
  void givenARecording_whenOpened_thenFfmpegGetsAllItsBytesAndNoName() throws Exception {
    Path seen = folder.resolve("seen");
    Path told = folder.resolve("told");
    byte[] file = Arrays.copyOf(AMR, 300_000);
    FfmpegReader reader =
        program(
            "cat >%s; echo \"$@\" >%s; env >>%s; printf '%s\\0\\0\\0\\0'"
                .formatted(seen, told, told, WAV),
            10,
            10);
    read(reader, file);
    assertThat(seen).hasBinaryContent(file);
    assertThat(Files.readString(told))
        .contains("-protocol_whitelist pipe -i pipe:0")
        .doesNotContain("HOME=");
  }

  @Test
  void givenAWavOfAnUnknownCodec_whenOpened_thenFfmpegGetsItsHeaderToo() throws Exception {
    Path seen = folder.resolve("seen");
    byte[] file = WavBytes.riff().format(0x11, 1, 8000, 4).chunk("data", new byte[100_000]).build();
    read(program("cat >%s; printf '%s\\0\\0\\0\\0'".formatted(seen, WAV), 10, 10), file);
    assertThat(seen).hasBinaryContent(file);
  }

  @Test
  void givenFfmpegFails_whenRead_thenTheReasonStaysAndItsMessageIsAdded() throws Exception {
    FfmpegReader reader = program("cat >/dev/null; echo 'no such codec' >&2; exit 1", 10, 10);
    UnreadableAudioException rejection = rejection(reader, AMR);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("AMR").hasMessageContaining("no such codec");
  }

  @Test
  void givenFfmpegComplains_whenItGaveSamples_thenTheyAreKeptAsAPart() throws Exception {
    FfmpegReader reader =
        program("cat >/dev/null; printf '" + WAV + "\\0\\0\\0\\0'; echo damaged >&2", 10, 10);
    assertThat(read(reader, AMR).defect()).contains(RejectionReason.CORRUPT_FRAME);
  }

  @Test
  void givenFfmpegHangs_whenTheLimitIsReached_thenItIsKilled() throws Exception {
    Path id = folder.resolve("id");
    FfmpegReader reader =
        program("echo $$ >%s; printf '%s'; exec sleep 600".formatted(id, WAV), 0.5, 10);
    UnreadableAudioException rejection = rejection(reader, AMR);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("0.5 s");
    assertThat(alive(id)).isFalse();
  }

  @Test
  void givenFfmpegGoesOnForEver_whenReadInBlocks_thenTooLong() throws Exception {
    Path id = folder.resolve("id");
    FfmpegReader reader =
        program("echo $$ >%s; printf '%s'; exec cat /dev/zero".formatted(id, WAV), 30, 2);
    UnreadableAudioException rejection = rejection(reader, AMR);
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_LONG);
    assertThat(alive(id)).isFalse();
  }

  @Test
  void givenTheStorageFailsUnderFfmpeg_whenRead_thenItIsNoFaultOfTheRecording() throws Exception {
    FfmpegReader reader = program("printf '" + WAV + "'; cat >/dev/null", 30, 10);
    InputStream failing =
        new InputStream() {
          private int given;

          @Override
          public int read() throws IOException {
            if (given == 100_000) {
              throw new IOException("the network is gone");
            }
            return given < AMR.length ? AMR[given++] : given++ & 0;
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new ClipReader(ClipLimits.NONE, reader).read(failing))
        .withMessageContaining("network is gone");
  }

  @Test
  void givenMpeg4WithItsIndexBehind_whenOpened_thenRefusedWithARemedy() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0, 0, 0, 16, 'f', 't', 'y', 'p', 'M', '4', 'A', ' ', 0, 0, 0, 0});
    file.writeBytes(new byte[] {0, 1, (byte) 0x86, (byte) 0xA8, 'm', 'd', 'a', 't'});
    file.writeBytes(new byte[100_000]);
    UnreadableAudioException rejection = rejection(program("exit 1", 10, 10), file.toByteArray());
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNSUPPORTED_CODEC);
    assertThat(rejection).hasMessageContaining("faststart");
  }

  @Test
  void givenAReader_whenItTravelsToATask_thenItIsTheSame() throws Exception {
    RecordingReader reader = new FfmpegReader("ffmpeg", 1, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(reader);
      out.writeObject(RecordingReader.builtIn());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(reader);
      assertThat(in.readObject()).isSameAs(RecordingReader.builtIn());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "made/aac_adts_16k.aac, 16000, 29696",
    "made/adpcm_ima_8k.wav, 8000, 14287",
    "made/g722_16k.wav, 16000, 28000",
    "made/speex_8k.spx, 8000, 14080",
    "made/wmav2_16k.wma, 16000, 27648",
    "made/pcm16_16k.w64, 16000, 28000",
    "mutagen/no_length.wv, 44100, 163392",
    "pydub/test5.webm, 48000, 71040",
  })
  void givenFfmpeg_whenItReadsAFixture_thenRateAndSamplesAreAsExpected(
      String path, int rateHz, int samples) throws Exception {
    FfmpegReader ffmpeg = new FfmpegReader("ffmpeg", 60, 60);
    try {
      ffmpeg.requireReady();
    } catch (IOException e) {
      Assumptions.abort("no ffmpeg on this machine: " + e.getMessage());
    }
    byte[] file = Files.readAllBytes(SharedData.require("data/fixtures").resolve(path));
    DecodedClip decoded = read(ffmpeg, file);
    assertThat(decoded.clip().sampleRateHz()).isEqualTo(rateHz);
    assertThat(decoded.clip().samples()).hasSize(samples);
    assertThat(decoded.defect()).isEmpty();
    assertThat(threads()).as("threads that were left").isEmpty();
  }

  private FfmpegReader program(String script, double timeLimitS, double maxAudioS)
      throws IOException {
    Path file = folder.resolve("program");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new FfmpegReader(file.toString(), timeLimitS, maxAudioS);
  }

  private static DecodedClip read(FfmpegReader reader, byte[] file)
      throws IOException, UnreadableAudioException {
    return new ClipReader(ClipLimits.NONE, reader).read(new ByteArrayInputStream(file));
  }

  private static UnreadableAudioException rejection(FfmpegReader reader, byte[] file) {
    return catchThrowableOfType(UnreadableAudioException.class, () -> read(reader, file));
  }

  private static boolean alive(Path idFile) throws IOException {
    long id = Long.parseLong(Files.readString(idFile).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(id);
    process.ifPresent(
        handle -> handle.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join());
    return process.isPresent() && process.get().isAlive();
  }

  private static Set<String> threads() throws InterruptedException {
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      if (entry.getKey().getName().startsWith("ffmpeg-")) {
        entry.getKey().join(10_000);
      }
    }
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ffmpeg-"))
        .collect(Collectors.toSet());
  }
}
