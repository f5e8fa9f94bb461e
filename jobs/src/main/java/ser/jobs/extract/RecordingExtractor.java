package ser.jobs.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import ser.features.FeatureExtractor;
import ser.features.FeatureSpec;
import ser.features.audio.AudioHash;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.DecodedClip;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.jobs.tables.EitherTable;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;
import ser.model.corpus.CorpusNames;
import ser.model.corpus.RecordingLabels;

/**
 * What a task does with its recordings. Bad bytes make a quarantine row; a fault of the storage
 * fails the task, which Spark tries again.
 */
final class RecordingExtractor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureSpec spec;
  private final ClipLimits limits;
  private final List<CorpusNames> corpora;
  private final String runId;
  private final PartialReads partialReads;
  private final Broadcast<SerializableConfiguration> hadoop;

  RecordingExtractor(
      FeatureSpec spec,
      ClipLimits limits,
      List<CorpusNames> corpora,
      String runId,
      PartialReads partialReads,
      Broadcast<SerializableConfiguration> hadoop) {
    this.spec = spec;
    this.limits = limits;
    this.corpora = List.copyOf(corpora);
    this.runId = runId;
    this.partialReads = partialReads;
    this.hadoop = hadoop;
  }

  /** Rows of {@link EitherTable}, one per recording, made as they are asked for. */
  Iterator<Row> rows(Iterator<RecordingFile> recordings) {
    Storage storage = new Storage(hadoop.value().value());
    ClipReader reader = new ClipReader(limits);
    FeatureExtractor extractor = new FeatureExtractor(spec);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(recordings, 0), false)
        .map(recording -> row(recording, storage, reader, extractor))
        .iterator();
  }

  private Row row(
      RecordingFile recording, Storage storage, ClipReader reader, FeatureExtractor extractor) {
    try (InputStream in = new BufferedInputStream(storage.open(recording), 1 << 16)) {
      DecodedClip decoded = reader.read(in);
      RecordingLabels labels = labelsOf(recording);
      partialReads.note(recording, decoded.defect());
      FeatureTable.Identity identity =
          new FeatureTable.Identity(
              recording.recording(),
              labels,
              AudioHash.of(decoded.clip()),
              decoded.clip().sampleRateHz());
      return EitherTable.row(FeatureTable.row(identity, extractor.extract(decoded.clip()), spec));
    } catch (UnreadableAudioException e) {
      return EitherTable.quarantined(QuarantineTable.row(recording, e, runId));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + recording.uri(), e);
    }
  }

  private RecordingLabels labelsOf(RecordingFile recording) throws UnreadableAudioException {
    for (CorpusNames corpus : corpora) {
      var labels = corpus.labelsOf(recording.recording());
      if (labels.isPresent()) {
        return labels.get();
      }
    }
    throw new UnreadableAudioException(
        RejectionReason.UNLABELLED,
        "The name follows no convention of %s."
            .formatted(corpora.stream().map(CorpusNames::name).toList()));
  }
}
