package ser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ser.bench.process.ChildProcess;

/**
 * How the peers' sides of {@code bench/score} are started: the Python that PEER_PYTHON names, and
 * the script {@code peer_score.py}.
 */
final class ScorePeer {
  /** What the names of ONNX Runtime's sides begin with. */
  static final String ONNX = "onnxruntime";

  private final PeerScript peer;
  private final Optional<Path> jemalloc;
  private final Path work;
  private final int processes;

  private ScorePeer(PeerScript peer, Optional<Path> jemalloc, Path work, int processes) {
    this.peer = peer;
    this.jemalloc = jemalloc;
    this.work = work;
    this.processes = processes;
  }

  /**
   * @param script by option; null for PEER_SCORE, then the one beside the checkout
   * @param jemalloc null for malloc with the settings that ours has
   * @param work where the ONNX file goes
   * @param processes that score at the same time, one thread each
   * @throws IllegalArgumentException saying what to set, if Python or script cannot be found
   */
  static ScorePeer find(Path script, Path jemalloc, Path work, int processes) {
    return new ScorePeer(
        PeerScript.find(script, "PEER_SCORE", "peer_score.py"),
        Optional.ofNullable(jemalloc),
        work,
        processes);
  }

  /**
   * They deal out whole recordings, and ours divides them: with fewer than processes the peers
   * would be measured on some of the cores alone.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  static void requireWorkForAll(int recordings, int processes) {
    if (recordings < processes) {
      throw new IllegalArgumentException(
          "the archive has fewer recordings (%d) than --workers (%d), and a peer's process takes whole ones; give --workers %d, or an archive of more"
              .formatted(recordings, processes, recordings));
    }
  }

  /** Writes the network for ONNX Runtime before anything is timed. */
  void exportOnnx() throws IOException, InterruptedException {
    Path log = work.resolve("onnx-export.log");
    List<String> command =
        List.of(
            peer.python(),
            "-c",
            "import sys; sys.path.insert(0, sys.argv[1]); import peer_model;"
                + " peer_model.export_onnx(peer_model.build(), sys.argv[2])",
            peer.script().toAbsolutePath().getParent().toString(),
            onnx().toString());
    ProcessBuilder export =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    try (ChildProcess child = ChildProcess.start(export)) {
      if (child.process().waitFor() != 0 || !Files.exists(onnx())) {
        throw new ProgramFailure("the network was not exported to ONNX; see " + log);
      }
    }
  }

  private Path onnx() {
    return work.resolve("peer_cnn.onnx");
  }

  /** The command of each side by its name. */
  Map<String, List<String>> commands(Path archive, List<Integer> batches) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (int batch : batches) {
      for (String layout : List.of("contiguous", "channels_last")) {
        commands.put(
            "torch %s %d".formatted(layout, batch),
            command(archive, batch, List.of("--engine", "torch", "--memory-format", layout)));
      }
      commands.put(
          "%s %d".formatted(ONNX, batch),
          command(archive, batch, List.of("--engine", ONNX, "--onnx", onnx().toString())));
    }
    return commands;
  }

  private List<String> command(Path archive, int batch, List<String> engine) {
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(
        jemalloc.map(library -> List.of("LD_PRELOAD=" + library)).orElse(TrainBench.MALLOC));
    command.addAll(List.of(peer.python(), peer.script().toString(), archive.toString()));
    command.addAll(engine);
    command.addAll(List.of("--channel", "0", "--batch", "" + batch, "--processes", "" + processes));
    return command;
  }
}
