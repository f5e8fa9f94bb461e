package ser.jobs.config;

import java.util.List;
import java.util.OptionalInt;

/** Whom a split by speakers tests. */
public sealed interface SpeakerChoice {

  /** A share, by chance. */
  record Drawn() implements SpeakerChoice {}

  /**
   * One part of everybody, or each in turn.
   *
   * @param folds how many parts; empty for one speaker each
   * @param fold which one, counted from 1; empty for all of them
   */
  record Folds(OptionalInt folds, OptionalInt fold) implements SpeakerChoice {
    public Folds {
      if (folds.isPresent() && folds.getAsInt() < 2) {
        throw new IllegalArgumentException(
            "folds %d must be at least 2, or speakers, or none".formatted(folds.getAsInt()));
      }
      if (fold.isPresent()
          && (fold.getAsInt() < 1 || folds.isPresent() && fold.getAsInt() > folds.getAsInt())) {
        throw new IllegalArgumentException(
            "fold %d must be from 1 to ser.train.folds%s, or all"
                .formatted(fold.getAsInt(), folds.isPresent() ? ", " + folds.getAsInt() : ""));
      }
    }
  }

  /** Those who are named, as the table names them: {@code ravdess-21}. */
  record Named(List<String> speakers) implements SpeakerChoice {
    public Named {
      speakers = List.copyOf(speakers);
    }
  }

  /** Everybody in some corpora. */
  record OfCorpora(List<String> corpora) implements SpeakerChoice {
    public OfCorpora {
      corpora = List.copyOf(corpora);
    }
  }
}
