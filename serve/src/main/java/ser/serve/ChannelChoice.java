package ser.serve;

import java.util.Optional;
import java.util.OptionalInt;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;

/**
 * What is scored of a recording with several channels. One with a single channel needs no choice.
 *
 * @param number counted from 0; empty if none is named
 * @param mixed the mean of all channels
 */
record ChannelChoice(OptionalInt number, boolean mixed) {
  private static final String MIXED = "mixed";

  ChannelChoice {
    if (number.isPresent() && (mixed || number.getAsInt() < 0)) {
      throw new IllegalArgumentException(
          "channel %d must be 0 or more, and not mixed".formatted(number.getAsInt()));
    }
  }

  /**
   * @throws UserError if it is neither a number nor {@code mixed}
   */
  static ChannelChoice parse(Optional<String> text) {
    if (text.isEmpty()) {
      return new ChannelChoice(OptionalInt.empty(), false);
    }
    if (text.get().equals(MIXED)) {
      return new ChannelChoice(OptionalInt.empty(), true);
    }
    if (!text.get().matches("\\d{1,4}")) {
      throw new UserError(
          "Cannot take channel '%s': give its number, counted from 0, or 'mixed' for the mean of all."
              .formatted(text.get()));
    }
    return new ChannelChoice(OptionalInt.of(Integer.parseInt(text.get())), false);
  }

  /**
   * @throws UnreadableAudioException {@link RejectionReason#CHANNEL_NOT_NAMED}, if the recording
   *     has several channels and this names none of them
   */
  AudioStream of(AudioStream recording) throws UnreadableAudioException {
    int channels = recording.format().channels();
    if (channels == 1) {
      return MonoStream.ofChannel(recording, 0);
    }
    if (mixed) {
      return MonoStream.averaging(recording);
    }
    if (number.isEmpty() || number.getAsInt() >= channels) {
      throw new UnreadableAudioException(
          RejectionReason.CHANNEL_NOT_NAMED,
          "The recording has %d channels and %s. Name one with --channel 0 to --channel %d, or --channel mixed for their mean."
              .formatted(
                  channels,
                  number.isEmpty() ? "none is named" : "no channel " + number.getAsInt(),
                  channels - 1));
    }
    return MonoStream.ofChannel(recording, number.getAsInt());
  }
}
