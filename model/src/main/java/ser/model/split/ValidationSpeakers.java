package ser.model.split;

import static ser.model.Require.require;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import ser.model.Speaker;

/** Who, of those that are not tested, stops the training. */
public sealed interface ValidationSpeakers {
  /** Of all speakers, where they are drawn. */
  double SHARE = 0.1;

  /** 10% of all speakers. */
  record Drawn() implements ValidationSpeakers {}

  /**
   * These.
   *
   * @param speakers nobody if it is empty
   */
  record Named(Set<String> speakers) implements ValidationSpeakers {
    public Named {
      speakers = Set.copyOf(speakers);
    }
  }

  /**
   * Those who train, with some of their recordings, which are not trained on.
   *
   * @param share of the recordings, above 0 and below 1
   */
  record Training(double share) implements ValidationSpeakers {
    public Training {
      require(
          share > 0 && share < 1,
          "a share of %s of the training speakers' recordings must be above 0 and below 1 to stop the training",
          share);
    }
  }

  /**
   * 10% of all speakers, rounded half up, but never everybody, and one at least where two are left
   * to train on; balanced as {@link SpeakerSplit#of}.
   */
  static ValidationSpeakers drawn() {
    return new Drawn();
  }

  /** These; an empty collection is nobody. */
  static ValidationSpeakers named(Collection<String> speakers) {
    return new Named(Set.copyOf(speakers));
  }

  /** Whether it is said that nobody does. */
  default boolean isNobody() {
    return this instanceof Named named && named.speakers().isEmpty();
  }

  /** Who is named; nobody where names are not given. */
  default Set<String> names() {
    return this instanceof Named named ? named.speakers() : Set.of();
  }

  /** Of the training speakers' recordings; 0 where these train without exception. */
  default double trainingShare() {
    return this instanceof Training training ? training.share() : 0;
  }

  /**
   * Who is heard on the validation side alone.
   *
   * @param rest who is not tested
   * @param all how many speakers there are, with those who are tested
   */
  default Set<String> among(Collection<Speaker> rest, int all, long seed) {
    if (!(this instanceof Drawn)) {
      return new TreeSet<>(names());
    }
    long places = places(all, rest.size());
    return places <= 0 ? new TreeSet<>() : SpeakerDraw.of(rest, seed).draw(places, places);
  }

  /**
   * How many are drawn.
   *
   * @param all speakers
   * @param rest of them who are not tested
   */
  static long places(long all, long rest) {
    long least = rest > 2 ? 1 : 0;
    return Math.min(Math.max(least, Math.round(SHARE * all)), rest - 1);
  }
}
