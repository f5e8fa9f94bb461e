package ser.model.scoring;

import java.io.Serializable;
import java.util.Locale;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;

/**
 * What is scored of a recording with several channels: one of them, their mean, or nothing as long
 * as nobody says which. A recording with a single channel needs no choice.
 */
public final class ChannelChoice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands for the mean of all channels where the others have their number. */
  public static final int MIXED = -1;

  private static final int NOT_NAMED = -2;
  private static final ChannelChoice NONE = new ChannelChoice(NOT_NAMED);
  private static final ChannelChoice MEAN = new ChannelChoice(MIXED);

  private final int number;

  private ChannelChoice(int number) {
    this.number = number;
  }

  /** Nobody has said which. */
  public static ChannelChoice none() {
    return NONE;
  }

  /** The mean of all channels. */
  public static ChannelChoice mixed() {
    return MEAN;
  }

  /**
   * @param number counted from 0
   */
  public static ChannelChoice of(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("channel %d must be 0 or more".formatted(number));
    }
    return new ChannelChoice(number);
  }

  /**
   * What somebody wrote.
   *
   * @throws IllegalArgumentException if it is neither a number, nor {@code mixed}, nor {@code none}
   */
  public static ChannelChoice parse(String text) {
    switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "none":
        return NONE;
      case "mixed":
        return MEAN;
      default:
        if (!text.strip().matches("\\d{1,4}")) {
          throw new IllegalArgumentException(
              "'%s' is no channel: a number, counted from 0, or mixed (the mean of all), or none"
                  .formatted(text));
        }
        return of(Integer.parseInt(text.strip()));
    }
  }

  public boolean named() {
    return number != NOT_NAMED;
  }

  /**
   * The channel of a recording that is scored: its number, or {@link #MIXED}; 0 of one with a
   * single channel, whatever the choice.
   *
   * @param channels of the recording
   * @param remedy what its user is to do if it is none, a sentence
   * @throws UnreadableAudioException {@link RejectionReason#CHANNEL_NOT_NAMED}, if there are
   *     several and this names none of them
   */
  public int among(int channels, String remedy) throws UnreadableAudioException {
    if (channels == 1) {
      return 0;
    }
    if (!named() || number >= channels) {
      throw new UnreadableAudioException(
          RejectionReason.CHANNEL_NOT_NAMED,
          "The recording has %d channels, counted from 0, and %s. %s"
              .formatted(channels, named() ? "no channel " + number : "none is named", remedy));
    }
    return number;
  }

  /**
   * @param channel as {@link #among} gives it
   */
  public static AudioStream stream(AudioStream recording, int channel) {
    return channel == MIXED
        ? MonoStream.averaging(recording)
        : MonoStream.ofChannel(recording, channel);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelChoice choice && choice.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return number == NOT_NAMED ? "none" : number == MIXED ? "mixed" : Integer.toString(number);
  }
}
