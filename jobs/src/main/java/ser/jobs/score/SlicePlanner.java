package ser.jobs.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;
import ser.features.signal.Resampler;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.model.Windowing;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.SpeakerStatistics;
import ser.model.scoring.WindowPlan;
import ser.model.scoring.WindowSlice;

/**
 * What a task does with long recordings before they are scored: it reads their headers, and cuts
 * those whose windows are known by that. All others stay whole; what is wrong with them is found
 * out where they are read.
 */
final class SlicePlanner implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final WindowPlan plan;
  private final ChannelChoice customerChannel;
  private final long splitBytes;

  /**
   * @param plan how recordings are cut into windows
   * @param customerChannel of recordings with several channels of which nothing else is said
   * @param splitBytes about as many bytes a slice, above 0; up to so many a recording stays whole
   */
  SlicePlanner(
      Broadcast<SerializableConfiguration> hadoop,
      WindowPlan plan,
      ChannelChoice customerChannel,
      long splitBytes) {
    this.hadoop = hadoop;
    this.plan = plan;
    this.customerChannel = customerChannel;
    this.splitBytes = splitBytes;
  }

  long splitBytes() {
    return splitBytes;
  }

  /** Rows of {@link RecordingSlice#schema}, of those of {@link RecordingDetails#recordings}. */
  Iterator<Row> rows(Row recording) {
    ScoredRecording scored = ScoredRecording.of(recording);
    RecordingFile file = scored.file();
    List<WindowSlice> slices = slices(scored);
    List<Row> rows = new ArrayList<>();
    long given = 0;
    for (WindowSlice slice : slices) {
      long until = file.sizeBytes() / slices.size() * (rows.size() + 1);
      rows.add(row(recording, slice, until - given));
      given = until;
    }
    return rows.iterator();
  }

  private static Row row(Row recording, WindowSlice slice, long bytes) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < recording.size(); i++) {
      values.add(recording.get(i));
    }
    values.add(slice.first());
    values.add(slice.end());
    values.add(bytes);
    values.add(null);
    return RowFactory.create(values.toArray());
  }

  private List<WindowSlice> slices(ScoredRecording recording) {
    RecordingFile file = recording.file();
    try (InputStream in = new Storage(hadoop.value().value()).openRanged(file);
        AudioStream audio = AudioReader.open(in)) {
      OptionalLong frames = audio.framesIn(file.sizeBytes());
      if (frames.isEmpty()) {
        return List.of(WindowSlice.WHOLE);
      }
      // One that is refused for its channels is refused once.
      recording.channelAmong(audio.format().channels(), customerChannel);
      int rateHz = audio.format().sampleRateHz();
      plan.requireServes(rateHz);
      int modelHz = plan.input().featureSpec().rateFor(rateHz);
      Windowing windowing = plan.windowingAt(rateHz);
      return WindowSlice.of(
          windowing,
          Resampler.outputsOf(frames.getAsLong(), rateHz, modelHz),
          (file.sizeBytes() - 1) / splitBytes + 1,
          plan.input().bySpeaker() ? SpeakerStatistics.stretchSamples(windowing) : 1);
    } catch (UnreadableAudioException | FileNotFoundException e) {
      return List.of(WindowSlice.WHOLE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.uri(), e);
    }
  }
}
