package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--port, 65536, ports go from 0 to 65535",
    "--port, -1, ports go from 0 to 65535",
    "--abstain-below, 1.5, a probability is from 0 to 1",
    "--abstain-below, NaN, a probability is from 0 to 1",
    "--max-upload-mb, 0, an upload of 0 bytes",
    "--max-upload-mb, 900, Set SER_SERVE_JAVA_OPTIONS=-Xmx3434m",
    "--max-upload-mb, 2000, an upload of 2000000000 bytes",
    "--max-seconds, 0, 0 s of audio",
    "--max-concurrent, -2, -2 at a time",
    "--max-request-s, 0, 0 s a request",
    "--port, http, --port",
  })
  void givenAnImpossibleOption_whenStarted_thenOneLineAndCodeTwo(
      String option, String value, String message) {
    Run run = run(model(), option, value);

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines()).singleElement().asString().contains(message);
  }

  @Test
  void givenNoModelFile_whenStarted_thenOneLineAndCodeTwo() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "These are notes, no model");

    for (Path wrong : List.of(text, folder.resolve("missing"))) {
      Run run = run(wrong);
      assertThat(run.code).isEqualTo(2);
      assertThat(run.err.lines()).singleElement().asString().contains(wrong.toString());
    }
  }

  @Test
  void givenTheSameModelTwice_whenStarted_thenOneLineAndCodeTwo() {
    Run run = run(model(), "--model", model().toString());

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines()).singleElement().asString().contains("named twice");
  }

  @Test
  void givenAPortThatIsTaken_whenStarted_thenOneLineAndCodeTwo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Run run = run(model(), "--port", Integer.toString(taken.getLocalPort()));

      assertThat(run.code).isEqualTo(2);
      assertThat(run.err.lines())
          .singleElement()
          .asString()
          .contains("Cannot listen on 127.0.0.1 port " + taken.getLocalPort(), "--port");
    }
  }

  private Path model() {
    return SmallModel.write(folder.resolve("model.safetensors"));
  }

  private static Run run(Path model, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--model", model.toString()));
    arguments.addAll(List.of(options));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SerServe.run(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    return new Run(code, err.toString(StandardCharsets.UTF_8));
  }

  private record Run(int code, String err) {}
}
