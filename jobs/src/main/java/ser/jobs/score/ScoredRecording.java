package ser.jobs.score;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.listing.Listing;
import ser.jobs.storage.RecordingFile;
import ser.model.scoring.ChannelChoice;

/**
 * A recording that is scored.
 *
 * @param file the recording
 * @param channel what its path or the manifest says of its channel; empty where they say nothing
 */
record ScoredRecording(RecordingFile file, String channel) implements Serializable {

  /** Of a row of {@link RecordingDetails#recordings}. */
  static ScoredRecording of(Row row) {
    return of(row, 0);
  }

  /** The same of a row that has more columns behind those. */
  static ScoredRecording of(Row row, int more) {
    int last = row.size() - 1 - more;
    return new ScoredRecording(Listing.file(row), row.isNullAt(last) ? "" : row.getString(last));
  }

  /**
   * The channel that is scored, as {@link ChannelChoice#among} has it.
   *
   * @param channels of the recording
   * @param otherwise where nothing is said of this recording
   * @throws UnreadableAudioException {@link RejectionReason#CHANNEL_NOT_NAMED}
   */
  int channelAmong(int channels, ChannelChoice otherwise) throws UnreadableAudioException {
    if (channel.isEmpty()) {
      return otherwise.among(
          channels,
          "Set ser.score.customer-channel to the customer's, or say it by ser.score.path-pattern or manifest; never an agent's, reading the emotions of people at work is unlawful in the EU.");
    }
    return named(channels)
        .among(
            channels, "ser.score.manifest or path-pattern says channel '%s'.".formatted(channel));
  }

  private ChannelChoice named(int channels) throws UnreadableAudioException {
    if (channels == 1) {
      return ChannelChoice.none();
    }
    try {
      return ChannelChoice.parse(channel);
    } catch (IllegalArgumentException e) {
      throw new UnreadableAudioException(
          RejectionReason.CHANNEL_NOT_NAMED,
          "The recording has %d channels, and what ser.score.manifest or path-pattern says of it is none: %s."
              .formatted(channels, e.getMessage()));
    }
  }
}
