package ser.serve.engine;

import java.util.OptionalInt;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;

/**
 * What is scored of a recording with several channels. One with a single channel needs no choice.
 *
 * @param number counted from 0; empty if none is named
 * @param mixed the mean of all channels
 */
public record Channel(OptionalInt number, boolean mixed) {
  /** Beyond it a header is wrong, or made to harm: decoders hold a block of each. */
  static final int MOST = 64;

  public static final String MIXED = "mixed";

  /**
   * @param text a number, {@code mixed}, or empty for none
   * @throws RefusedException if it is something else
   */
  public static Channel parse(String text) {
    if (text.isEmpty()) {
      return new Channel(OptionalInt.empty(), false);
    }
    if (text.equals(MIXED)) {
      return new Channel(OptionalInt.empty(), true);
    }
    if (!text.matches("\\d{1,4}")) {
      throw new RefusedException(
          Refusal.BAD_PARAMETER,
          "The channel is neither a number nor 'mixed'. Channels count from 0; 'mixed' is the mean of all.");
    }
    return new Channel(OptionalInt.of(Integer.parseInt(text)), false);
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
    if (channels == 1) {
      return MonoStream.ofChannel(recording, 0);
    }
    if (mixed) {
      return MonoStream.averaging(recording);
    }
    if (number.isEmpty() || number.getAsInt() >= channels) {
      throw new ChannelNotNamedException(
          channels,
          "The recording has %d channels and %s. Say which one is to be scored: channel=0 to channel=%d, or channel=mixed for their mean."
              .formatted(
                  channels,
                  number.isEmpty() ? "none is named" : "no channel " + number.getAsInt(),
                  channels - 1));
    }
    return MonoStream.ofChannel(recording, number.getAsInt());
  }

  /** What is scored of a recording of so many channels: a number, or empty for their mean. */
  OptionalInt scoredOf(int channels) {
    return channels == 1 ? OptionalInt.of(0) : number;
  }
}
