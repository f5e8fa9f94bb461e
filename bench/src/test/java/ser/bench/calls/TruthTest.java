package ser.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.bench.calls.Truth.Speech;
import ser.model.Emotion;

class TruthTest {
  private static final String HEADER = "call,channel,start_s,end_s,emotion,corpus,speaker,clip\n";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("truth.csv"), text);
  }

  @Test
  void givenTwoChannels_whenRead_thenOnlyTheOneAskedForIsThere() throws IOException {
    Path file =
        file(
            HEADER
                + "call-000000,1,0.5000,2.0000,neutral,emodb,03,emodb/wav/03a01Nc.wav\n"
                + "call-000000,0,2.5000,4.2500,angry,emodb,08,\"emodb/a, \"\"b\"\".wav\"\n"
                + "call-000001,0,0.0000,1.0000,bored,emodb,08,emodb/wav/08a01Lb.wav\n");

    Truth truth = Truth.read(file, 0);

    assertThat(truth.speech())
        .containsOnlyKeys("call-000000", "call-000001")
        .containsEntry("call-000000", List.of(new Speech(2.5, 4.25, Emotion.ANGRY)))
        .containsEntry("call-000001", List.of(new Speech(0, 1, Emotion.BORED)));
  }

  @Test
  void givenABadRow_whenRead_thenFileLineAndValueAreNamed() throws IOException {
    Path file = file(HEADER + "call-000000,0,0,1,furious,emodb,08,x.wav\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Truth.read(file, 0))
        .withMessageContaining("truth.csv, line 2")
        .withMessageContaining("'furious'");
  }

  @Test
  void givenOtherColumns_whenRead_thenTheMissingOnesAreNamed() throws IOException {
    Path file = file("recording,channel\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Truth.read(file, 0))
        .withMessageContaining("needs [call, channel, start_s, end_s, emotion]");
  }
}
