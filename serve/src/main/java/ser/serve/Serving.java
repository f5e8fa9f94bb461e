package ser.serve;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ser.model.file.ModelFile;
import ser.model.onnx.OnnxModel;
import ser.serve.engine.Engine;
import ser.serve.engine.Limits;
import ser.serve.engine.ServedModel;
import ser.serve.web.WebServer;

/** The server's life, from its models to the signal that ends it. */
final class Serving {
  private static final int UPLOADS_IN_HEAP = 4;

  private final String host;
  private final int port;
  private final Limits limits;
  private final PrintStream err;

  Serving(String host, int port, Limits limits, PrintStream err) {
    this.host = host;
    this.port = port;
    this.limits = limits;
    this.err = err;
  }

  /**
   * Returns when it was told to end.
   *
   * @param abstainBelow least probability of an emotion that is named; empty for the models' own
   * @throws UserError if a file is no model, or the address is not to be had
   */
  void run(List<Path> models, Optional<Double> abstainBelow) throws InterruptedException {
    requireRoom(Runtime.getRuntime().maxMemory());
    StopSignals signals = StopSignals.listen();
    try (WebServer server = listen(new Engine(load(models, abstainBelow), limits))) {
      String name = host.contains(":") ? "[" + host + "]" : host;
      err.println("Listening on http://%s:%d".formatted(name, server.port()));
      signals.await();
    }
  }

  /**
   * A recording that grows as it comes, and is copied once, takes three times its size; others are
   * there beside it.
   */
  private void requireRoom(long heapBytes) {
    if (UPLOADS_IN_HEAP * limits.uploadBytes() > heapBytes) {
      throw new UserError(
          "Cannot take recordings of %d MB with a heap of %d MB: it must be %d times as large. Set SER_SERVE_JAVA_OPTIONS=-Xmx%dm, or a smaller --max-upload-mb."
              .formatted(
                  limits.uploadBytes() / 1_000_000,
                  heapBytes >> 20,
                  UPLOADS_IN_HEAP,
                  (UPLOADS_IN_HEAP * limits.uploadBytes() >> 20) + 1));
    }
  }

  private static List<ServedModel> load(List<Path> files, Optional<Double> abstainBelow) {
    List<ServedModel> loaded = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path file : files) {
      ServedModel model = load(file, abstainBelow);
      if (!ids.add(model.id())) {
        throw new UserError(
            "Cannot load model file %s: the same model is named twice. Name each of them once."
                .formatted(file));
      }
      loaded.add(model);
    }
    return loaded;
  }

  private static ServedModel load(Path file, Optional<Double> abstainBelow) {
    try {
      ModelFile model = LoadingModel.read(file);
      OnnxModel.requireFitting(model);
      return new ServedModel(
          file.getFileName().toString(),
          model,
          abstainBelow.orElse(model.calibration().abstainBelow()));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot read model file %s: %s. Make a new one with 'ser train'."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private WebServer listen(Engine engine) {
    try {
      return new WebServer(host, port, engine);
    } catch (UncheckedIOException e) {
      engine.close();
      throw new UserError(
          "Cannot listen on %s port %d: %s. Give another one with --port, 0 for any free one, or another --host."
              .formatted(host, port, e.getCause().getMessage()),
          e);
    }
  }
}
