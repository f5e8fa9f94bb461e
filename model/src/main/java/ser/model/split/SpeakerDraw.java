package ser.model.split;

import static ser.model.Require.require;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Draws held-out speakers from strata (corpus and gender) by largest remainder.
 *
 * <p>All shares are kept as whole numbers multiplied by the number of speakers, so that no rounding
 * error decides a tie.
 */
final class SpeakerDraw {
  private static final double TEST_SHARE = 0.2;

  private final List<Stratum> strata;
  private final int speakers;
  private final long seed;

  private SpeakerDraw(List<Stratum> strata, int speakers, long seed) {
    this.strata = strata;
    this.speakers = speakers;
    this.seed = seed;
  }

  static SpeakerDraw of(Collection<Speaker> speakers, long seed) {
    Map<String, Speaker> byId = byId(speakers);
    Map<String, Stratum> strata = new TreeMap<>();
    for (Speaker speaker : byId.values()) {
      strata
          .computeIfAbsent(
              speaker.corpus() + " " + speaker.gender(),
              key -> new Stratum(speaker.corpus(), speaker.gender()))
          .waiting
          .add(speaker.id());
    }
    List<Stratum> shuffled = new ArrayList<>(strata.values());
    Random random = new Random(seed);
    shuffled.forEach(stratum -> stratum.shuffle(random));
    Collections.shuffle(shuffled, random); // the last word where shares tie
    return new SpeakerDraw(shuffled, byId.size(), seed);
  }

  SpeakerSplit split() {
    long testSize = Math.max(1, Math.round(TEST_SHARE * speakers));
    long validationSize = ValidationSpeakers.places(speakers, speakers - testSize);
    Set<String> test = draw(testSize, testSize);
    // The share of both together, so that who got too little of the test gets of the validation.
    Set<String> validation = draw(validationSize, testSize + validationSize);
    Set<String> training = new TreeSet<>();
    strata.forEach(stratum -> training.addAll(stratum.waiting));
    return new SpeakerSplit(training, validation, test, seed);
  }

  Set<String> draw(long places, long heldOutInAll) {
    Set<String> drawn = new TreeSet<>();
    Comparator<Stratum> mostOwed =
        Comparator.comparingLong(owedTo(heldOutInAll))
            .thenComparingLong(
                stratum -> owedToAll(heldOutInAll, other -> other.gender == stratum.gender))
            .thenComparingLong(
                stratum -> owedToAll(heldOutInAll, other -> other.corpus.equals(stratum.corpus)));
    for (long place = 0; place < places; place++) {
      Stratum next =
          strata.stream().filter(stratum -> !stratum.waiting.isEmpty()).max(mostOwed).orElseThrow();
      drawn.add(next.draw());
    }
    return drawn;
  }

  private ToLongFunction<Stratum> owedTo(long heldOutInAll) {
    return stratum -> stratum.size() * heldOutInAll - (long) stratum.drawn * speakers;
  }

  private long owedToAll(long heldOutInAll, Predicate<Stratum> members) {
    return strata.stream().filter(members).mapToLong(owedTo(heldOutInAll)).sum();
  }

  /**
   * Everybody once.
   *
   * @throws IllegalArgumentException if there are fewer than two, or one has two genders
   */
  static Map<String, Speaker> byId(Collection<Speaker> speakers) {
    Map<String, Speaker> byId = new TreeMap<>();
    for (Speaker speaker : speakers) {
      Speaker known = byId.putIfAbsent(speaker.id(), speaker);
      require(
          known == null || known.equals(speaker),
          "Speaker '%s' is given as %s and as %s. A speaker has one gender: correct the table.",
          speaker.id(),
          known == null ? "" : known.gender().label(),
          speaker.gender().label());
    }
    require(
        byId.size() >= 2,
        "Cannot split by speaker: the recordings are of %s speaker(s) %s, and training and test"
            + " need at least one each. Add recordings of another speaker.",
        byId.size(),
        byId.keySet());
    return byId;
  }

  /** Speakers of one corpus and gender: those still waiting, in the order of the draw. */
  private static final class Stratum {
    private final String corpus;
    private final Gender gender;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int drawn;

    Stratum(String corpus, Gender gender) {
      this.corpus = corpus;
      this.gender = gender;
    }

    void shuffle(Random random) {
      List<String> ids = new ArrayList<>(waiting);
      Collections.shuffle(ids, random);
      waiting.clear();
      waiting.addAll(ids);
    }

    String draw() {
      drawn++;
      return waiting.remove();
    }

    long size() {
      return waiting.size() + drawn;
    }
  }
}
