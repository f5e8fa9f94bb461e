package ser.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.network.EmotionClassifier;
import ser.model.onnx.OnnxModel;

/** A model whose network loads while recordings are already being read. */
final class LoadingModel implements AutoCloseable {
  private static final long LIMIT_BYTES = 1L << 30;

  private final ModelFile model;
  private final ExecutorService loader;
  private final CompletableFuture<EmotionClassifier> classifier;

  private LoadingModel(Path file, ModelFile model) {
    this.model = model;
    this.loader = Executors.newSingleThreadExecutor(LoadingModel::daemon);
    this.classifier = CompletableFuture.supplyAsync(() -> classifierOf(file, model), loader);
  }

  /**
   * Reads the file and begins to make its network.
   *
   * @throws UserError if it is no model
   */
  static LoadingModel start(Path file) {
    return new LoadingModel(file, read(file));
  }

  /**
   * Reads the file alone.
   *
   * @throws UserError if it is no model
   */
  static ModelFile read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LIMIT_BYTES) {
        throw new UserError(
            "Cannot read model file %s: it has %d bytes, and models have at most %d. Give the model.safetensors of a train run."
                .formatted(file, Files.size(file), LIMIT_BYTES));
      }
      return ModelFile.read(Files.readAllBytes(file), file.toString());
    } catch (ModelFileException e) {
      throw new UserError(e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new UserError(
          "Cannot read model file %s: %s. Give the model.safetensors of a train run."
              .formatted(
                  file,
                  Elsewhere.isAddress(file.toString())
                      ? "models are read from local files; copy it to this machine"
                      : "there is no such file"),
          e);
    } catch (IOException e) {
      throw new UserError(
          "Cannot read model file %s: %s. Give the model.safetensors of a train run."
              .formatted(file, Fault.of(e)),
          e);
    }
  }

  ModelFile model() {
    return model;
  }

  /**
   * The network, waited for if need be.
   *
   * @throws UserError if the weights do not fit it
   */
  EmotionClassifier classifier() {
    try {
      return classifier.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    loader.shutdownNow();
  }

  private static EmotionClassifier classifierOf(Path file, ModelFile model) {
    try {
      OnnxModel.requireFitting(model);
      return EmotionClassifier.of(model);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot read model file %s: %s. Make a new one with 'ser train'."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load-network");
    thread.setDaemon(true);
    return thread;
  }
}
