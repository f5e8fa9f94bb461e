package ser.jobs.score;

import org.apache.spark.TaskContext;
import ser.jobs.error.UserError;
import ser.model.file.ModelFile;
import ser.model.network.WindowClassifier;
import ser.model.scoring.ScoringEngine;

/** The network of a task that scores: one for each task slot that is at work. */
final class TaskClassifier {
  private TaskClassifier() {}

  /**
   * @throws UserError if the engine's classes are not there
   */
  static void requireAvailable(ScoringEngine engine) {
    if (!engine.available()) {
      throw new UserError(
          "Cannot score with ser.score.engine = %s: ONNX Runtime is not on the class path. Start with submit/ser, or give spark-submit --jars jobs/target/lib/onnxruntime-VERSION.jar, or set ser.score.engine = dl4j."
              .formatted(engine.label()));
    }
  }

  /** With as many threads as the task has cores; closed when the task ends. */
  static WindowClassifier open(ScoringEngine engine, ModelFile model) {
    requireAvailable(engine);
    TaskContext task = TaskContext.get();
    WindowClassifier classifier = started(engine, model, task.cpus());
    task.addTaskCompletionListener(
        (org.apache.spark.util.TaskCompletionListener) ended -> classifier.close());
    return classifier;
  }

  private static WindowClassifier started(ScoringEngine engine, ModelFile model, int threads) {
    try {
      return engine.classifier(model, threads);
    } catch (LinkageError e) {
      throw new UserError(
          "Cannot start ser.score.engine = %s: %s. Its native library is unpacked into java.io.tmpdir, %s here, which needs room for it and must allow programs to be run from it. Or set ser.score.engine = dl4j."
              .formatted(engine.label(), e, System.getProperty("java.io.tmpdir")),
          e);
    }
  }
}
