package ser.jobs.score;

import java.util.Optional;
import ser.jobs.tables.WindowTable.Place;

/** A window on its way through the network. */
final class PendingWindow {
  private final Place place;
  private final boolean speech;
  private Optional<float[]> probabilities = Optional.empty();

  private PendingWindow(Place place, boolean speech) {
    this.place = place;
    this.speech = speech;
  }

  static PendingWindow withSpeech(Place place) {
    return new PendingWindow(place, true);
  }

  static PendingWindow withoutSpeech(Place place) {
    return new PendingWindow(place, false);
  }

  Place place() {
    return place;
  }

  void score(float[] values) {
    probabilities = Optional.of(values);
  }

  Optional<float[]> probabilities() {
    return probabilities;
  }

  boolean done() {
    return !speech || probabilities.isPresent();
  }
}
