package ser.jobs.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import ser.features.FeatureExtractor;
import ser.features.audio.AudioHash;
import ser.features.audio.ClipReader;
import ser.features.audio.DecodedClip;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.augment.AugmentationPlan;
import ser.features.spec.FeatureSpec;
import ser.jobs.label.LabelledFile;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;

/**
 * What a task does with its recordings. Bad bytes make a quarantine row; a fault of the storage
 * fails the task, which Spark tries again.
 */
final class RecordingExtractor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureSpec spec;
  private final ClipReader reader;
  private final AugmentationPlan augmentation;
  private final String runId;
  private final PartialReads partialReads;
  private final Broadcast<SerializableConfiguration> hadoop;

  RecordingExtractor(
      FeatureSpec spec,
      ClipReader reader,
      AugmentationPlan augmentation,
      String runId,
      PartialReads partialReads,
      Broadcast<SerializableConfiguration> hadoop) {
    this.spec = spec;
    this.reader = reader;
    this.augmentation = augmentation;
    this.runId = runId;
    this.partialReads = partialReads;
    this.hadoop = hadoop;
  }

  /**
   * Rows of {@link ExtractedRows}, made as they are asked for: of each recording its features, then
   * those of its variants, or one of the quarantine.
   */
  Iterator<Row> rows(Iterator<LabelledFile> recordings) {
    Storage storage = new Storage(hadoop.value().value());
    FeatureExtractor extractor = new FeatureExtractor(spec);
    return new Concatenation<>(recordings, recording -> rows(recording, storage, extractor));
  }

  private Iterator<Row> rows(LabelledFile labelled, Storage storage, FeatureExtractor extractor) {
    RecordingFile recording = labelled.file();
    try (InputStream in = new BufferedInputStream(storage.open(recording), 1 << 16)) {
      DecodedClip decoded = reader.read(in);
      String audioSha256 = AudioHash.of(decoded.clip());
      if (!labelled.labels().isPresent()) {
        return quarantined(recording, unlabelled(labelled), audioSha256);
      }
      requireFits(decoded);
      partialReads.note(recording, decoded.defect());
      FeatureTable.Identity identity =
          new FeatureTable.Identity(
              recording, labelled.labels().get(), audioSha256, decoded.clip().sampleRateHz());
      return new VariantRows(identity, decoded.clip(), augmentation, extractor);
    } catch (UnreadableAudioException e) {
      return quarantined(recording, e, null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + recording.uri(), e);
    }
  }

  private Iterator<Row> quarantined(
      RecordingFile recording, UnreadableAudioException reason, String audioSha256) {
    Row row = QuarantineTable.row(recording, reason, runId);
    return List.of(ExtractedRows.quarantined(row, audioSha256)).iterator();
  }

  /** Only recordings that keep their own rate can have one that is too low. */
  private void requireFits(DecodedClip decoded) throws UnreadableAudioException {
    try {
      spec.requireFits(decoded.clip().sampleRateHz());
    } catch (IllegalArgumentException e) {
      throw new UnreadableAudioException(
          RejectionReason.IMPLAUSIBLE_RATE,
          "Its rate is too low for the features asked for: %s.".formatted(e.getMessage()));
    }
  }

  private static UnreadableAudioException unlabelled(LabelledFile labelled) {
    return new UnreadableAudioException(RejectionReason.UNLABELLED, labelled.detail());
  }
}
