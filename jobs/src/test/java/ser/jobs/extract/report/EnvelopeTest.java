package ser.jobs.extract.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.Clip;
import ser.features.audio.RecordingReader;
import ser.features.audio.WavWriter;
import ser.jobs.storage.Storage;

class EnvelopeTest {
  private static final int RATE_HZ = 8_000;
  private static final Storage STORAGE = new Storage(new Configuration());
  private static final RecordingReader READER = RecordingReader.builtIn();
  private static final Example EXAMPLE =
      new Example("a/b #1.wav", "sad", "s", RATE_HZ, 0.9, 1, Map.of());

  @TempDir Path folder;

  /** 720 pieces of 10 samples each; the sample 25 is -0.5, the last one 0.25. */
  @BeforeEach
  void write() throws IOException {
    float[] samples = new float[7_200];
    samples[25] = -0.5f;
    samples[7_199] = 0.25f;
    Files.createDirectories(folder.resolve("a"));
    try (OutputStream out = Files.newOutputStream(file())) {
      WavWriter.write(new Clip(samples, RATE_HZ), out);
    }
  }

  @Test
  void givenARecording_whenReadAgain_thenEachPieceHasItsExtremes() {
    Envelope envelope = read(List.of("/nowhere", folder.toString())).orElseThrow();

    assertThat(envelope.low()).hasSize(720);
    assertThat(envelope.low()[2]).isEqualTo(-0.5f);
    assertThat(envelope.high()[719]).isEqualTo(0.25f);
    assertThat(envelope.low()[1]).isZero();
    assertThat(envelope.high()[2]).isZero();
  }

  @Test
  void givenARecordingAsTheInputItself_whenReadAgain_thenItIsFound() {
    assertThat(read(List.of(file().toString()))).isPresent();
  }

  @Test
  void givenARecordingThatIsGone_whenReadAgain_thenThereIsNoPictureAndNoFault() throws IOException {
    Files.delete(file());

    assertThat(read(List.of(folder.toString()))).isEmpty();
  }

  @Test
  void givenARecordingThatWasOverwritten_whenReadAgain_thenThereIsNoPictureAndNoFault()
      throws IOException {
    Files.writeString(file(), "no recording any more");

    assertThat(read(List.of(folder.toString()))).isEmpty();
  }

  @Test
  void givenAStorageThatIsUnknown_whenReadAgain_thenThereIsNoPictureAndNoFault() {
    assertThat(read(List.of("unknown://bucket"))).isEmpty();
  }

  private Path file() {
    return folder.resolve("a/b #1.wav");
  }

  private static Optional<Envelope> read(List<String> inputs) {
    return Envelope.of(STORAGE, READER, inputs, EXAMPLE);
  }
}
