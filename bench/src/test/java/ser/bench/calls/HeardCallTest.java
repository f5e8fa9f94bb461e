package ser.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;
import ser.model.corpus.Corpora;

class HeardCallTest {
  @TempDir private Path folder;

  private List<Voice> voices(double seconds) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int actor = 1; actor <= 2; actor++) {
      for (int emotion : new int[] {1, 3}) {
        Path file = folder.resolve("03-01-%02d-01-01-01-%02d.wav".formatted(emotion, actor));
        float[] tone = new float[(int) (seconds * 16_000)];
        for (int i = 0; i < tone.length; i++) {
          tone[i] = (float) (0.1 * Math.sin(2 * Math.PI * 200 * actor * i / 16_000));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
          WavWriter.write(new Clip(tone, 16_000), out);
        }
        files.add(file);
      }
    }
    return Voice.of(folder, files, List.of(Corpora.named("ravdess")));
  }

  @Test
  void givenAFewSeconds_whenWritten_thenTheCustomerIsHeard() throws IOException {
    Path call = folder.resolve("call");

    HeardCall.write(voices(2), 0.1, call);

    assertThat(Truth.read(call.resolve("truth.csv"), CallScript.CUSTOMER).speech())
        .containsOnlyKeys("call-000000");
    assertThat(call.resolve("date=2026-01-05/call-000000.wav")).exists();
  }

  @Test
  void givenRecordingsLongerThanTheCall_whenWritten_thenItSaysWhoIsNotHeard() throws IOException {
    List<Voice> voices = voices(2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeardCall.write(voices, 0.02, folder.resolve("call")))
        .withMessageContaining("none has the customer's speech")
        .withMessageContaining("no row of channel 0")
        .withMessageContaining("FOLDER");
  }
}
