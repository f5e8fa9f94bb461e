package ser.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileInPythonTest {
  private static final Path DOCUMENT = Path.of("../docs/model-file.md");

  @TempDir Path folder;

  @Test
  void givenDocumentedSnippet_whenRunByPython_thenItReadsLabelsAndWeights() throws Exception {
    assumeTrue(pythonIsThere(), "python3 is not on the PATH");
    ModelFile model = ModelFileTest.model(1);
    Path file = Files.write(folder.resolve("model.safetensors"), model.toBytes());
    Path script =
        Files.writeString(
            folder.resolve("read.py"),
            snippet()
                + "\nprint(json.dumps([metadata, {n: list(w) for n, w in weights.items()}]))");

    Process python =
        new ProcessBuilder("python3", script.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    byte[] output = python.getInputStream().readAllBytes();

    assertThat(python.waitFor()).as(new String(output)).isZero();
    JsonNode read = new ObjectMapper().readTree(output);
    assertThat(read.get(0).get("labels").textValue()).isEqualTo("[\"sad\",\"angry\"]");
    assertThat(read.get(1).size()).isEqualTo(model.weights().size());
    for (String name : model.weights().keySet()) {
      float[] values = model.weights().get(name).values();
      assertThat(read.get(1).get(name).size()).isEqualTo(values.length);
      for (int i = 0; i < values.length; i++) {
        assertThat((float) read.get(1).get(name).get(i).doubleValue()).isEqualTo(values[i]);
      }
    }
  }

  private static String snippet() throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf("```python\n") + "```python\n".length();
    return document.substring(start, document.indexOf("```", start));
  }

  private static boolean pythonIsThere() throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return version.waitFor(20, TimeUnit.SECONDS) && version.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
