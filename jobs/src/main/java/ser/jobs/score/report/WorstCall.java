package ser.jobs.score.report;

import java.util.List;
import ser.model.Emotion;

/**
 * A call with much speech of negative emotions.
 *
 * @param place which it is
 * @param durationS its length in seconds
 * @param speechS how much of it is speech
 * @param negative share of the speech that has a negative emotion
 * @param stretches its segments, as fine as a picture can show
 */
record WorstCall(
    Place place, double durationS, double speechS, double negative, List<Stretch> stretches) {
  WorstCall {
    stretches = List.copyOf(stretches);
  }

  /** A channel of a recording. */
  record Place(String recording, int channel) {}

  /** One or more neighbouring segments of an emotion. */
  record Stretch(Emotion emotion, double fromS, double toS) {}

  WorstCall with(List<Stretch> found) {
    return new WorstCall(place, durationS, speechS, negative, found);
  }
}
