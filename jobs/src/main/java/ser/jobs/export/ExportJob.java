package ser.jobs.export;

import java.util.LinkedHashMap;
import java.util.Map;
import ser.jobs.config.ExportConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobOutcome;
import ser.jobs.storage.Storage;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.onnx.OnnxModel;

/** A model file in, a network for other programs out. */
public final class ExportJob {
  private static final long MODEL_LIMIT_BYTES = 1L << 30;

  private ExportJob() {}

  /**
   * @param dryRun true to write nothing
   * @throws UserError if the model cannot be read, or its weights do not fit its layers
   */
  public static JobOutcome run(Storage storage, ExportConfig config, boolean dryRun) {
    ModelFile model = read(storage, config.model());
    byte[] bytes = bytesOf(model, config.model());
    if (!dryRun) {
      storage.write(config.file(), bytes);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model_id", model.modelId());
    facts.put("format", "onnx");
    facts.put("labels", model.labels().stream().map(Emotion::label).toList());
    facts.put("bytes", bytes.length);
    facts.put("output", config.file());
    return new JobOutcome(dryRun ? JobOutcome.Status.DRY_RUN : JobOutcome.Status.DONE, facts);
  }

  private static byte[] bytesOf(ModelFile model, String path) {
    try {
      return OnnxModel.bytesOf(model);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot export %s: %s. Copy the file again, or make a new one with 'ser train'."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static ModelFile read(Storage storage, String path) {
    try {
      return ModelFile.read(storage.read(path, MODEL_LIMIT_BYTES), path);
    } catch (ModelFileException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
