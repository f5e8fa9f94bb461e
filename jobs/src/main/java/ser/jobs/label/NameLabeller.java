package ser.jobs.label;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import ser.jobs.storage.RecordingFile;
import ser.model.corpus.CorpusNames;
import ser.model.corpus.RecordingLabels;

/**
 * By the recordings' names.
 *
 * @param corpora in the order in which they are tried: the first that knows a name has it
 */
record NameLabeller(List<CorpusNames> corpora) implements Labeller, Serializable {
  NameLabeller {
    corpora = List.copyOf(corpora);
  }

  @Override
  public JavaRDD<LabelledFile> label(JavaRDD<RecordingFile> recordings) {
    return recordings.map(this::label);
  }

  LabelledFile label(RecordingFile file) {
    for (CorpusNames corpus : corpora) {
      Optional<RecordingLabels> labels = corpus.labelsOf(file.recording());
      if (labels.isPresent()) {
        return LabelledFile.of(file, labels.get());
      }
    }
    return LabelledFile.unnamed(
        file,
        "The name follows no convention of %s."
            .formatted(corpora.stream().map(CorpusNames::name).toList()));
  }

  @Override
  public Map<String, Object> facts(JavaRDD<RecordingFile> recordings) {
    return Map.of();
  }

  @Override
  public void close() {}
}
