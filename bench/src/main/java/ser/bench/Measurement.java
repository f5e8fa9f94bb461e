package ser.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import ser.bench.process.ChildProcess;

/** Runs a measuring program in a process of its own and reads the JSON object it prints last. */
final class Measurement {
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param command argument list
   * @param errors where its standard error goes
   * @throws ProgramFailure if the program fails, or its last line is not a JSON object
   */
  JsonNode run(List<String> command, ProcessBuilder.Redirect errors)
      throws IOException, InterruptedException {
    return run(command, errors, process -> {});
  }

  /**
   * The same, watched: the program must print no more than its pipe holds, 64 KiB on Linux.
   *
   * @param watch called while the program runs
   */
  JsonNode run(List<String> command, ProcessBuilder.Redirect errors, Consumer<Process> watch)
      throws IOException, InterruptedException {
    String output;
    int code;
    try (ChildProcess child =
        ChildProcess.start(new ProcessBuilder(command).redirectError(errors))) {
      Process process = child.process();
      process.getOutputStream().close();
      watch.accept(process);
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      code = process.waitFor();
    }
    if (code != 0) {
      throw new ProgramFailure(
          "%s ended with exit code %d".formatted(String.join(" ", command), code));
    }
    String last = output.substring(output.lastIndexOf('\n') + 1);
    return object(last)
        .orElseThrow(
            () ->
                new ProgramFailure(
                    "the last line of %s is not a JSON object but '%s'"
                        .formatted(String.join(" ", command), last)));
  }

  private Optional<JsonNode> object(String text) {
    try {
      return Optional.of(json.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
