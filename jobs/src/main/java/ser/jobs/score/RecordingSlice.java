package ser.jobs.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.RecordingFile;
import ser.model.input.Normaliser;
import ser.model.scoring.WindowSlice;

/**
 * What a task scores at a time: a recording, or some of its windows.
 *
 * @param recording where they are
 * @param windows which
 * @param ofSpeaker what they are normalised by, where that was found out beforehand
 */
record RecordingSlice(
    ScoredRecording recording, WindowSlice windows, Optional<Normaliser> ofSpeaker) {
  static final String FIRST = "first_window";
  static final String END = "end_window";
  static final String BYTES = "slice_bytes";
  static final String SPEAKER = "speaker";

  private static final int COLUMNS = 4;

  /** A recording's columns with those of one of its slices behind them. */
  static StructType schema(StructType recording) {
    return recording
        .add(FIRST, DataTypes.LongType, false)
        .add(END, DataTypes.LongType, false)
        .add(BYTES, DataTypes.LongType, false)
        .add(SPEAKER, DataTypes.BinaryType, true);
  }

  /** What a row of {@link #schema} says. */
  static RecordingSlice of(Row row) {
    int first = row.size() - COLUMNS;
    return new RecordingSlice(
        ScoredRecording.of(row, COLUMNS),
        new WindowSlice(row.getLong(first), row.getLong(first + 1)),
        Optional.ofNullable((byte[]) row.get(first + 3)).map(RecordingSlice::unpacked));
  }

  /** The recording, if all of it is read. */
  Optional<RecordingFile> whole() {
    return windows.isWhole() ? Optional.of(recording.file()) : Optional.empty();
  }

  /** About so many bytes are read for a row of {@link #schema}. */
  static long bytesOf(Row row) {
    return row.getLong(row.size() - COLUMNS + 2);
  }

  /**
   * For a slice that cannot be read although the recording's header could, shortly before: nothing
   * that its bytes say then can be trusted.
   */
  UncheckedIOException changed(UnreadableAudioException now) {
    return new UncheckedIOException(
        "Cannot read " + recording.file().uri(),
        new IOException("it has changed since this run looked at its header; run again", now));
  }

  /** A value of {@link #SPEAKER}. */
  static byte[] packed(Normaliser normaliser) {
    float[] mean = normaliser.mean();
    ByteBuffer bytes = ByteBuffer.allocate(2 * mean.length * Float.BYTES);
    bytes.asFloatBuffer().put(mean).put(normaliser.deviation());
    return bytes.array();
  }

  private static Normaliser unpacked(byte[] bytes) {
    int bands = bytes.length / Float.BYTES / 2;
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(mean).get(deviation);
    return new Normaliser(mean, deviation);
  }
}
