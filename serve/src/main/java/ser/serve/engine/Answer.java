package ser.serve.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known about a recording.
 *
 * @param durationS in seconds
 * @param sampleRateHz its own
 * @param channels that it has
 * @param channel that was scored, counted from 0; empty for the mean of all
 * @param results by model, in the order that was asked for
 * @param pictures where asked for
 */
public record Answer(
    double durationS,
    int sampleRateHz,
    int channels,
    OptionalInt channel,
    List<ModelResult> results,
    Optional<Pictures> pictures) {
  public Answer {
    results = List.copyOf(results);
  }
}
