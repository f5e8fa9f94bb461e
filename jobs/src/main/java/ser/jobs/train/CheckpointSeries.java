package ser.jobs.train;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * The checkpoints of one training.
 *
 * @param all those of its output
 * @param settings what decides its course
 */
record CheckpointSeries(Checkpoints all, SortedMap<String, String> settings) {

  /** The newest that can be read. */
  Optional<TrainingState> latest(Predicate<TrainingState> fits) {
    return all.latest(settings, fits);
  }

  void write(TrainingState state) {
    all.write(settings, state);
  }

  /** Path of the newest. */
  Optional<String> newest() {
    return all.newest(settings);
  }
}
