package ser.jobs.label;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import ser.jobs.config.LabelSource;
import ser.jobs.run.JobContext;
import ser.jobs.storage.RecordingFile;

/** Gives recordings their labels. */
public interface Labeller extends AutoCloseable {

  /**
   * @param source what the configuration says
   * @param inputs folders or prefixes of the recordings, which paths of a manifest are relative to
   * @throws ser.jobs.error.UserError if there is a manifest and it cannot be used
   */
  static Labeller of(JobContext context, LabelSource source, List<String> inputs) {
    return source.manifest().isEmpty()
        ? new NameLabeller(source.conventions())
        : ManifestLabeller.of(context, source.manifest(), inputs);
  }

  /**
   * Labels recordings where they are: the same ones in the same partitions and order, so that what
   * has been planned of them holds.
   */
  JavaRDD<LabelledFile> label(JavaRDD<RecordingFile> recordings);

  /**
   * What is to be said of the labels as a whole, for the result line.
   *
   * @param recordings all that were found, those of earlier runs included
   * @throws ser.jobs.error.UserError if labels and recordings have nothing in common
   */
  Map<String, Object> facts(JavaRDD<RecordingFile> recordings);

  @Override
  void close();
}
