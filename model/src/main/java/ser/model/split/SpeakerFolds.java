package ser.model.split;

import static ser.model.Require.require;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ser.model.Speaker;

/**
 * All speakers in parts; each part is the test of one split, and the others train.
 *
 * @param speakers everybody, in alphabetical order
 * @param parts who is tested in each fold; everybody in exactly one
 * @param seed of the parts and of the validation speakers
 */
public record SpeakerFolds(List<Speaker> speakers, List<Set<String>> parts, long seed) {

  public SpeakerFolds {
    speakers = List.copyOf(speakers);
    parts = parts.stream().map(Set::copyOf).toList();
  }

  /**
   * Parts that are equally large but for one speaker. Of each corpus and gender, and of each
   * gender, they have equally many but for one.
   *
   * @param speakers in any order, the same one more than once if need be; the result depends on
   *     neither
   * @param folds from 2 to the number of speakers
   * @throws IllegalArgumentException if there are fewer speakers than folds, or one is given with
   *     two genders
   */
  public static SpeakerFolds of(Collection<Speaker> speakers, int folds, long seed) {
    List<Speaker> everybody = everybody(speakers);
    require(
        folds >= 2 && folds <= everybody.size(),
        "Cannot make %s folds of %s speakers: give ser.train.folds a number from 2 to %s.",
        folds,
        everybody.size(),
        everybody.size());
    List<Speaker> dealt = new ArrayList<>(everybody);
    Collections.shuffle(dealt, new Random(seed));
    // Who is alike stands together, so that dealing one by one spreads them evenly.
    dealt.sort(Comparator.comparing(Speaker::gender).thenComparing(Speaker::corpus));
    List<Set<String>> parts = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      parts.add(new TreeSet<>());
    }
    for (int i = 0; i < dealt.size(); i++) {
      parts.get(i % folds).add(dealt.get(i).id());
    }
    return new SpeakerFolds(everybody, parts, seed);
  }

  /**
   * One speaker each, in alphabetical order.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static SpeakerFolds leavingOneOut(Collection<Speaker> speakers, long seed) {
    List<Speaker> everybody = everybody(speakers);
    return new SpeakerFolds(
        everybody, everybody.stream().map(speaker -> Set.of(speaker.id())).toList(), seed);
  }

  /** How many folds there are. */
  public int count() {
    return parts.size();
  }

  /**
   * The split of one fold.
   *
   * @param fold counted from 1
   * @throws IllegalArgumentException if there is no such fold, or a validation speaker is tested in
   *     it or not known
   */
  public SpeakerSplit split(int fold, ValidationSpeakers validation) {
    require(
        fold >= 1 && fold <= count(),
        "Cannot use fold %s: there are %s. Give ser.train.fold a number from 1 to %s.",
        fold,
        count(),
        count());
    return SpeakerSplit.holdingOut(
        speakers, parts.get(fold - 1), validation, new HeldOut.Fold(fold, count()), seed);
  }

  /** The splits of all folds, in order. */
  public List<SpeakerSplit> splits(ValidationSpeakers validation) {
    List<SpeakerSplit> splits = new ArrayList<>();
    for (int fold = 1; fold <= count(); fold++) {
      splits.add(split(fold, validation));
    }
    return splits;
  }

  private static List<Speaker> everybody(Collection<Speaker> speakers) {
    return List.copyOf(new TreeMap<>(SpeakerDraw.byId(speakers)).values());
  }
}
