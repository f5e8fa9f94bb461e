package ser.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A measuring script of the peers'.
 *
 * @param python path or name of the interpreter that PEER_PYTHON names
 * @param script that can be read
 */
record PeerScript(String python, Path script) {
  /**
   * @param named the script by option; null for the variable, then {@code ../shared/bench/NAME}
   *     beside the checkout
   * @throws IllegalArgumentException saying what to set, if one of the two cannot be found
   */
  static PeerScript find(Path named, String variable, String name) {
    String python = System.getenv("PEER_PYTHON");
    if (python == null || python.isBlank()) {
      throw new IllegalArgumentException(
          "PEER_PYTHON is not set; name a Python that has what %s imports".formatted(name));
    }
    String other = System.getenv(variable);
    Path script =
        named != null
            ? named
            : Path.of(
                other == null
                    ? System.getProperty("ser.home", ".") + "/../shared/bench/" + name
                    : other);
    if (!Files.isReadable(script)) {
      throw new IllegalArgumentException(
          "the peer's script %s cannot be read; name %s by --peer or %s"
              .formatted(script, name, variable));
    }
    return new PeerScript(python, script);
  }
}
