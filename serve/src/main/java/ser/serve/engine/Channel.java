package ser.serve.engine;

import java.util.OptionalInt;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;
import ser.model.scoring.ChannelChoice;

/**
 * What a request asks to be scored of a recording with several channels.
 *
 * @param choice as in the jobs
 */
public record Channel(ChannelChoice choice) {
  /** Beyond it a header is wrong, or made to harm: decoders hold a block of each. */
  static final int MOST = 64;

  public static final String MIXED = ChannelChoice.mixed().toString();

  /**
   * @param text a number, {@code mixed}, or empty for none
   * @throws RefusedException if it is something else
   */
  public static Channel parse(String text) {
    try {
      return new Channel(text.isEmpty() ? ChannelChoice.none() : ChannelChoice.parse(text));
    } catch (IllegalArgumentException e) {
      // Its message repeats the text, which is nobody's business but the sender's.
      throw new RefusedException(
          Refusal.BAD_PARAMETER,
          "The channel is neither a number nor 'mixed'. Channels count from 0; 'mixed' is the mean of all.");
    }
  }

  /**
   * @throws RefusedException if the recording has several channels and this names none of them
   */
  AudioStream of(AudioStream recording) {
    int channels = recording.format().channels();
    if (channels > MOST) {
      throw new RefusedException(
          Refusal.TOO_MANY_CHANNELS,
          "The recording says that it has %d channels, and at most %d are read. Send the one that is to be scored."
              .formatted(channels, MOST));
    }
    return ChannelChoice.stream(recording, among(channels));
  }

  /** What is scored of a recording of so many channels: a number, or empty for their mean. */
  OptionalInt scoredOf(int channels) {
    int scored = among(channels);
    return scored == ChannelChoice.MIXED ? OptionalInt.empty() : OptionalInt.of(scored);
  }

  private int among(int channels) {
    try {
      return choice.among(
          channels,
          "Say which one is to be scored: channel=0 to channel=%d, or channel=mixed for their mean."
              .formatted(channels - 1));
    } catch (UnreadableAudioException e) {
      throw new ChannelNotNamedException(channels, e.getMessage());
    }
  }
}
