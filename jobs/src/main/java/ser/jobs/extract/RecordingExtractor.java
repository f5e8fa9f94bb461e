package ser.jobs.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
import ser.jobs.storage.ReadAhead;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.jobs.storage.StorageFault;
import ser.jobs.storage.VanishedRecordings;
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
  private final int readAhead;
  private final PartialReads partialReads;
  private final VanishedRecordings vanished;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param readAhead recordings that a task fetches while it works on another
   */
  RecordingExtractor(
      FeatureSpec spec,
      ClipReader reader,
      AugmentationPlan augmentation,
      String runId,
      int readAhead,
      PartialReads partialReads,
      VanishedRecordings vanished,
      Broadcast<SerializableConfiguration> hadoop) {
    this.spec = spec;
    this.reader = reader;
    this.augmentation = augmentation;
    this.runId = runId;
    this.readAhead = readAhead;
    this.partialReads = partialReads;
    this.vanished = vanished;
    this.hadoop = hadoop;
  }

  /**
   * Rows of {@link ExtractedRows}, made as they are asked for: of each recording its features, then
   * those of its variants, or one of the quarantine.
   */
  Iterator<Row> rows(Iterator<LabelledFile> recordings) {
    Storage storage = new Storage(hadoop.value().value());
    FeatureExtractor extractor = new FeatureExtractor(spec);
    return new Concatenation<>(
        ReadAhead.ofTask(storage, recordings, one -> Optional.of(one.file()), readAhead),
        recording -> rows(storage, recording, extractor));
  }

  private Iterator<Row> rows(
      Storage storage, ReadAhead.Fetched<LabelledFile> fetched, FeatureExtractor extractor) {
    LabelledFile labelled = fetched.item();
    RecordingFile recording = labelled.file();
    try (InputStream in = fetched.open()) {
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
      if (vanished.note(storage, recording, e)) {
        return Collections.emptyIterator();
      }
      throw StorageFault.of(e, "read", recording.uri());
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
