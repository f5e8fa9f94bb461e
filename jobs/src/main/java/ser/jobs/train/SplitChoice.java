package ser.jobs.train;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import ser.jobs.config.SpeakerChoice;
import ser.jobs.config.SplitSettings;
import ser.jobs.error.UserError;
import ser.model.Speaker;
import ser.model.corpus.RecordingLabels;
import ser.model.split.HeldOut;
import ser.model.split.RecordingSplit;
import ser.model.split.SpeakerFolds;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;

/**
 * The splits that some settings mean for what a features table holds.
 *
 * @param table who and what there is
 * @param settings how to divide it
 * @param seed of all draws
 */
record SplitChoice(TrainingTable table, SplitSettings settings, long seed) {

  /**
   * The split of a run that trains one model.
   *
   * @throws UserError if the tables cannot be divided so
   */
  Split split() {
    try {
      return switch (settings.protocol()) {
        case SPEAKERS -> bySpeaker(settings.test());
        case RANDOM -> atRandom(false);
        case RANDOM_WITH_DUPLICATES -> atRandom(true);
      };
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /**
   * How many folds there are; 1 without any.
   *
   * @throws UserError as {@link #split}
   */
  int folds() {
    try {
      return settings.test() instanceof SpeakerChoice.Folds choice ? folds(choice).count() : 1;
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Split atRandom(boolean duplicated) {
    return new RecordingSplit(
        duplicated, settings.shares().test(), settings.shares().validation(), seed);
  }

  private SpeakerSplit bySpeaker(SpeakerChoice choice) {
    requireVoicesApart();
    List<Speaker> speakers = table.speakers();
    if (choice instanceof SpeakerChoice.Folds folds) {
      int fold =
          folds
              .fold()
              .orElseThrow(() -> new IllegalArgumentException("a model is trained on one fold"));
      return folds(folds).split(fold, settings.validation());
    }
    if (choice instanceof SpeakerChoice.Named named) {
      return holdingOut(new TreeSet<>(named.speakers()), new HeldOut.Named());
    }
    if (choice instanceof SpeakerChoice.OfCorpora corpora) {
      return holdingOut(speakersOf(corpora.corpora()), new HeldOut.Corpora(corpora.corpora()));
    }
    return SpeakerSplit.of(speakers, settings.validation(), seed);
  }

  /** Who is not named may be anybody who is: his voice would be tested and heard before. */
  private void requireVoicesApart() {
    table
        .corpora()
        .forEach(
            (corpus, speakers) -> {
              if (speakers.size() > 1 && speakers.stream().anyMatch(RecordingLabels::namesNobody)) {
                throw new IllegalArgumentException(
                    "Cannot split by speaker: of corpus '%s' some recordings name no speaker (%s) and others do, so one voice could be trained on and tested. Name all and extract again, remove those rows ('ser forget'), or set ser.train.split = random, whose report says that voices are shared."
                        .formatted(
                            corpus,
                            speakers.stream()
                                .filter(RecordingLabels::namesNobody)
                                .findFirst()
                                .orElseThrow()));
              }
            });
  }

  private SpeakerSplit holdingOut(Set<String> test, HeldOut how) {
    return SpeakerSplit.holdingOut(table.speakers(), test, settings.validation(), how, seed);
  }

  private SpeakerFolds folds(SpeakerChoice.Folds choice) {
    OptionalInt count = choice.folds();
    return count.isPresent()
        ? SpeakerFolds.of(table.speakers(), count.getAsInt(), seed)
        : SpeakerFolds.leavingOneOut(table.speakers(), seed);
  }

  private Set<String> speakersOf(List<String> corpora) {
    Set<String> unknown = new TreeSet<>(corpora);
    unknown.removeAll(table.corpora().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot test on the corpora %s: the tables have %s. Correct ser.train.test-corpora, or add the table to --features."
              .formatted(unknown, table.corpora().keySet()));
    }
    Set<String> speakers = new TreeSet<>();
    corpora.forEach(corpus -> speakers.addAll(table.corpora().get(corpus)));
    if (speakers.size() == table.speakers().size()) {
      throw new IllegalArgumentException(
          "Cannot test on the corpora %s: the tables have no other one to train on. Add its table to --features."
              .formatted(corpora));
    }
    return speakers;
  }
}
