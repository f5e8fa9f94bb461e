package ser.jobs.score;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.RecordingWindows;

/** A recording, or some of it, that is being read. */
final class OpenSlice implements AutoCloseable {
  private final RecordingSlice slice;
  private final AudioStream audio;
  private final int channel;
  private final RecordingWindows windows;

  private OpenSlice(
      RecordingSlice slice, AudioStream audio, int channel, RecordingWindows windows) {
    this.slice = slice;
    this.audio = audio;
    this.channel = channel;
    this.windows = windows;
  }

  /** A slice of a recording that is in the storage. */
  static OpenSlice of(Storage storage, RecordingScorer.Rules rules, RecordingSlice slice)
      throws IOException, UnreadableAudioException {
    RecordingFile file = slice.recording().file();
    return of(
        slice.whole().isPresent() ? storage.open(file) : storage.openRanged(file), rules, slice);
  }

  /**
   * Reads the header.
   *
   * @param in the recording from its beginning; of a slice that is not whole, {@link
   *     Storage#openRanged}
   * @throws UnreadableAudioException if this is no recording, or names no channel of it
   * @throws IOException if the storage fails
   */
  static OpenSlice of(InputStream in, RecordingScorer.Rules rules, RecordingSlice slice)
      throws IOException, UnreadableAudioException {
    // A stream that cannot be used is closed itself: behind it may stand a process.
    Closeable open = in;
    try {
      AudioStream audio = rules.reader().open(in);
      open = audio;
      int channel =
          slice.recording().channelAmong(audio.format().channels(), rules.customerChannel());
      rules.plan().requireServes(audio.format().sampleRateHz());
      RecordingWindows windows =
          new RecordingWindows(ChannelChoice.stream(audio, channel), rules.plan(), slice.windows());
      return new OpenSlice(slice, audio, channel, windows);
    } catch (IOException | UnreadableAudioException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** As {@link ChannelChoice#among} has it. */
  int channel() {
    return channel;
  }

  /** Of the recording, before it is resampled. */
  int sampleRateHz() {
    return audio.format().sampleRateHz();
  }

  RecordingWindows windows() {
    return windows;
  }

  /**
   * When all windows are read: what was wrong with a recording that could be read in part. Of
   * several slices the last one says it.
   */
  Optional<RejectionReason> defect() {
    return slice.windows().isLast() ? audio.defect() : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    audio.close();
  }
}
