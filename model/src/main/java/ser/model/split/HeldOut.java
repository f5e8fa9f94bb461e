package ser.model.split;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.List;

/** How the test speakers of a {@link SpeakerSplit} were chosen. */
public sealed interface HeldOut extends Serializable {

  /** What stands beside numbers: {@code fold 2 of 5}. */
  String label();

  /** A share of the speakers, by chance. */
  record Draw() implements HeldOut {
    @Override
    public String label() {
      return "draw";
    }
  }

  /**
   * One part of all speakers, each of whom stands in exactly one of them.
   *
   * @param fold counted from 1
   * @param folds how many there are, at least 2; as many as speakers leave one speaker out each
   */
  record Fold(int fold, int folds) implements HeldOut {
    public Fold {
      require(
          folds >= 2 && fold >= 1 && fold <= folds,
          "fold %s of %s must be from 1 to their number, of at least 2",
          fold,
          folds);
    }

    @Override
    public String label() {
      return "fold %d of %d".formatted(fold, folds);
    }
  }

  /** Speakers that somebody has named. */
  record Named() implements HeldOut {
    @Override
    public String label() {
      return "named speakers";
    }
  }

  /**
   * All speakers of some corpora; trained on the others.
   *
   * @param names at least one
   */
  record Corpora(List<String> names) implements HeldOut {
    public Corpora {
      names = List.copyOf(names);
      require(!names.isEmpty(), "a split by corpora needs a test corpus");
    }

    @Override
    public String label() {
      return "corpora " + String.join(", ", names);
    }
  }
}
