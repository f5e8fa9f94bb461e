package ser.model.split;

import static ser.model.Require.require;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ser.model.Speaker;

/**
 * Which speakers a model is trained on, which one stops the training, and which ones it has never
 * heard when it is judged. No speaker stands on two sides: recordings of one voice on both sides of
 * a split make results look tens of points better than they are.
 *
 * @param training never empty
 * @param validation empty when there are too few speakers
 * @param test never empty
 * @param seed that the split was drawn with
 * @param heldOut how the test speakers were chosen
 */
public record SpeakerSplit(
    Set<String> training, Set<String> validation, Set<String> test, long seed, HeldOut heldOut)
    implements Split {

  /**
   * @throws IllegalArgumentException if a speaker stands on two sides, naming those who do, or if
   *     there is nobody to train or to test on
   */
  public SpeakerSplit {
    training = sorted(training);
    validation = sorted(validation);
    test = sorted(test);
    require(!training.isEmpty(), "a split needs a training speaker");
    require(!test.isEmpty(), "a split needs a test speaker");
    Objects.requireNonNull(heldOut, "heldOut");
    Set<String> twice = onTwoSides(training, validation, test);
    require(twice.isEmpty(), "speakers %s stand on two sides of the split", twice);
  }

  /** With test speakers by chance. */
  public SpeakerSplit(Set<String> training, Set<String> validation, Set<String> test, long seed) {
    this(training, validation, test, seed, new HeldOut.Draw());
  }

  /**
   * Draws a split: 20% of the speakers for the test and 10% for validation, each rounded to whole
   * speakers (half up), the test never fewer than one, nor validation where two are left to train
   * on. Corpora and genders are represented as the counts allow: shares are those of each corpus
   * and gender, leftover places go where the share is furthest from being met, and only ties and
   * the speakers themselves are left to chance.
   *
   * @param speakers in any order, the same one more than once if need be; the result depends on
   *     neither
   * @throws IllegalArgumentException if there are fewer than two speakers, or if one is given with
   *     two genders
   */
  public static SpeakerSplit of(Collection<Speaker> speakers, long seed) {
    return SpeakerDraw.of(speakers, seed).split();
  }

  /** As {@link #of(Collection, long)}, for the test; validation as asked for. */
  public static SpeakerSplit of(
      Collection<Speaker> speakers, ValidationSpeakers validation, long seed) {
    SpeakerSplit drawn = of(speakers, seed);
    return validation.named().isEmpty()
        ? drawn
        : holdingOut(speakers, drawn.test(), validation, new HeldOut.Draw(), seed);
  }

  /**
   * Tests on some speakers and trains on the rest.
   *
   * @param speakers everybody, in any order
   * @param test some of them
   * @param heldOut how they were chosen
   * @throws IllegalArgumentException if a test or validation speaker is not among them, naming who
   *     is; if one is both; or if nobody is left to train on
   */
  public static SpeakerSplit holdingOut(
      Collection<Speaker> speakers,
      Set<String> test,
      ValidationSpeakers validation,
      HeldOut heldOut,
      long seed) {
    Map<String, Speaker> rest = new TreeMap<>(SpeakerDraw.byId(speakers));
    int all = rest.size();
    requireKnown("test", test, rest.keySet());
    requireKnown("validation", validation.named().orElse(Set.of()), rest.keySet());
    rest.keySet().removeAll(test);
    require(
        !rest.isEmpty(),
        "Cannot split by speaker: everybody is tested (%s), and nobody is left to train on.",
        heldOut.label());
    Set<String> stopping = validation.among(rest.values(), all, seed);
    Set<String> both = new TreeSet<>(stopping);
    both.retainAll(test);
    require(
        both.isEmpty(),
        "Cannot split by speaker: %s would both stop the training and be tested (%s). Early"
            + " stopping on the test set is a leak: name other validation speakers.",
        both,
        heldOut.label());
    rest.keySet().removeAll(stopping);
    require(
        !rest.isEmpty(),
        "Cannot split by speaker: everybody is tested or validates (%s), and nobody is left to"
            + " train on.",
        heldOut.label());
    return new SpeakerSplit(rest.keySet(), stopping, test, seed, heldOut);
  }

  private static void requireKnown(String side, Set<String> named, Set<String> known) {
    Set<String> unknown = new TreeSet<>(named);
    unknown.removeAll(known);
    require(
        unknown.isEmpty(),
        "Cannot split by speaker: there are no recordings of the %s speakers %s. The tables have"
            + " %s.",
        side,
        unknown,
        shortened(known));
  }

  private static String shortened(Set<String> names) {
    int shown = 12;
    String first = names.stream().limit(shown).collect(Collectors.joining(", "));
    return names.size() <= shown ? first : "%s and %d more".formatted(first, names.size() - shown);
  }

  /**
   * @throws IllegalArgumentException if the split does not know the speaker
   */
  public Side sideOf(String speaker) {
    if (training.contains(speaker)) {
      return Side.TRAINING;
    }
    if (validation.contains(speaker)) {
      return Side.VALIDATION;
    }
    require(
        test.contains(speaker),
        "Speaker '%s' is not in the split. Split the speakers of the same features table.",
        speaker);
    return Side.TEST;
  }

  @Override
  public String protocol() {
    return "speakers";
  }

  @Override
  public String detail() {
    return heldOut.label();
  }

  @Override
  public List<Side> sidesOf(String speaker, String recording) {
    return List.of(sideOf(speaker));
  }

  /** The speakers of one side, in alphabetical order. */
  public Set<String> speakersOf(Side side) {
    return switch (side) {
      case TRAINING -> training;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  private static Set<String> sorted(Set<String> speakers) {
    return Collections.unmodifiableSet(new TreeSet<>(speakers));
  }

  private static Set<String> onTwoSides(
      Set<String> training, Set<String> validation, Set<String> test) {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    for (Set<String> side : List.of(training, validation, test)) {
      for (String speaker : side) {
        if (!seen.add(speaker)) {
          twice.add(speaker);
        }
      }
    }
    return twice;
  }
}
