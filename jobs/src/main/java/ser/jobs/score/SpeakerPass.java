package ser.jobs.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.Storage;
import ser.model.file.ModelInput;
import ser.model.scoring.HeardSpeech;
import ser.model.scoring.SpeakerStatistics;
import ser.model.scoring.WindowFeatures;

/**
 * The first of two passes over recordings that are read in slices, for a model that is normalised
 * by speaker: each task listens to some slices, and what was heard in those of one recording is
 * added up in time. The result is that of the whole recording, to the last bit.
 */
record SpeakerPass(
    SparkSession spark, Broadcast<SerializableConfiguration> hadoop, RecordingScorer.Rules rules) {
  private static final StructType SCHEMA =
      new StructType()
          .add("recording", DataTypes.StringType, false)
          .add(RecordingSlice.SPEAKER, DataTypes.BinaryType, false);

  /** What was heard in a slice, stretch by stretch. */
  private record Heard(long firstWindow, List<HeardSpeech> stretches) implements Serializable {}

  /**
   * Columns {@code recording} and {@link RecordingSlice#SPEAKER}, read once and kept.
   *
   * @param slices of recordings, none of which is missing
   */
  Dataset<Row> over(JavaRDD<RecordingSlice> slices) {
    Listener listener = new Listener(hadoop, rules);
    JavaRDD<Row> speakers =
        slices
            .mapPartitionsToPair(listener::hear)
            .groupByKey()
            .map(recording -> RowFactory.create(recording._1(), listener.speaker(recording._2())));
    Dataset<Row> rows =
        spark.createDataFrame(speakers, SCHEMA).persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
    return rows;
  }

  /** What the tasks do. */
  private record Listener(Broadcast<SerializableConfiguration> hadoop, RecordingScorer.Rules rules)
      implements Serializable {

    Iterator<Tuple2<String, Heard>> hear(Iterator<RecordingSlice> slices) {
      Storage storage = new Storage(hadoop.value().value());
      ModelInput input = rules.plan().input();
      SpeakerStatistics statistics =
          new SpeakerStatistics(input, rules.gate(), new WindowFeatures(input));
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return slices.hasNext();
        }

        @Override
        public Tuple2<String, Heard> next() {
          RecordingSlice slice = slices.next();
          List<HeardSpeech> stretches = new ArrayList<>();
          try (OpenSlice open = OpenSlice.of(storage, rules, slice)) {
            statistics.stretches(open.windows(), stretches::add);
          } catch (UnreadableAudioException e) {
            throw slice.changed(e);
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + slice.recording().file().uri(), e);
          }
          return new Tuple2<>(
              slice.recording().file().recording(), new Heard(slice.windows().first(), stretches));
        }
      };
    }

    byte[] speaker(Iterable<Heard> slices) {
      List<Heard> inTime = new ArrayList<>();
      slices.forEach(inTime::add);
      inTime.sort(Comparator.comparingLong(Heard::firstWindow));
      ModelInput input = rules.plan().input();
      HeardSpeech all = new HeardSpeech(input.inputSpec().allRows());
      inTime.forEach(slice -> slice.stretches().forEach(all::merge));
      return RecordingSlice.packed(all.normaliser(input));
    }
  }
}
