package ser.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How librosa's side is started: the Python that PEER_PYTHON names, and the script {@code
 * peer_features.py}.
 *
 * @param python path or name of an interpreter that has librosa, soundfile and pyarrow
 * @param script the peer's script
 */
record PeerFeatures(String python, Path script) {
  /**
   * @param named the script by option; null for PEER_FEATURES, then {@code
   *     ../shared/bench/peer_features.py} beside the checkout
   * @throws IllegalArgumentException saying what to set, if one of the two cannot be found
   */
  static PeerFeatures find(Path named) {
    String python = System.getenv("PEER_PYTHON");
    if (python == null || python.isBlank()) {
      throw new IllegalArgumentException(
          "PEER_PYTHON is not set; name a Python that has librosa 0.11, soundfile and pyarrow");
    }
    String variable = System.getenv("PEER_FEATURES");
    Path script =
        named != null
            ? named
            : Path.of(
                variable == null
                    ? System.getProperty("ser.home", ".") + "/../shared/bench/peer_features.py"
                    : variable);
    if (!Files.isReadable(script)) {
      throw new IllegalArgumentException(
          "the peer's script %s cannot be read; name peer_features.py by --peer or PEER_FEATURES"
              .formatted(script));
    }
    return new PeerFeatures(python, script);
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(arguments);
    return command;
  }
}
