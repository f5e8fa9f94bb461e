package ser.model.scoring;

import java.io.Serializable;
import java.util.OptionalDouble;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.FeatureSpec;
import ser.model.Windowing;
import ser.model.file.ModelInput;

/**
 * How recordings are cut for a model.
 *
 * @param input what the model expects
 * @param windowS length in seconds; empty for the model's own
 * @param hopS step in seconds; empty for half a window
 */
public record WindowPlan(ModelInput input, Seconds windowS, Seconds hopS) implements Serializable {

  /** A length in seconds, or none: {@link OptionalDouble} cannot travel. */
  public record Seconds(double value) implements Serializable {
    static final Seconds NONE = new Seconds(0);

    static Seconds of(OptionalDouble value) {
      return value.isPresent() ? new Seconds(value.getAsDouble()) : NONE;
    }

    boolean given() {
      return value > 0;
    }
  }

  public static WindowPlan of(ModelInput input, OptionalDouble windowS, OptionalDouble hopS) {
    return new WindowPlan(input, Seconds.of(windowS), Seconds.of(hopS));
  }

  /**
   * Checks that recordings of a rate can be cut so, and have the features that the model needs:
   * only a model of native rates meets some that cannot.
   *
   * @param sourceRateHz before resampling
   * @throws UnreadableAudioException if they do not
   */
  public void requireServes(int sourceRateHz) throws UnreadableAudioException {
    try {
      input.featureSpec().withFeatures(input.inputSpec().features()).requireFits(sourceRateHz);
      windowingAt(sourceRateHz);
    } catch (IllegalArgumentException e) {
      throw new UnreadableAudioException(
          RejectionReason.IMPLAUSIBLE_RATE,
          "Its rate of %d Hz does not suit the model: %s.".formatted(sourceRateHz, e.getMessage()));
    }
  }

  /**
   * The windows of recordings of one rate.
   *
   * @param sourceRateHz before resampling
   * @throws IllegalArgumentException if a window is longer than what the network sees, or shorter
   *     than a step
   */
  public Windowing windowingAt(int sourceRateHz) {
    FeatureSpec spec = input.featureSpec();
    int rateHz = spec.rateFor(sourceRateHz);
    long least = spec.frames().samplesOf(input.inputSpec().frames());
    long most = least + spec.frames().hopLength() - 1;
    long window = windowS.given() ? Math.round(windowS.value() * rateHz) : least;
    if (window > most) {
      throw new IllegalArgumentException(
          "a window of %s s is longer than the %.3f s that the model sees"
              .formatted(windowS.value(), (double) most / rateHz));
    }
    long hop = hopS.given() ? Math.round(hopS.value() * rateHz) : Math.max(1, window / 2);
    return new Windowing((int) window, (int) Math.min(hop, Integer.MAX_VALUE));
  }
}
