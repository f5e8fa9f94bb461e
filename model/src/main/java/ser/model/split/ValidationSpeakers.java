package ser.model.split;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ser.model.Speaker;

/**
 * Who, of those that are not tested, stops the training.
 *
 * @param named who; nobody if it is there and empty; if it is not there, 10% of all speakers are
 *     drawn
 */
public record ValidationSpeakers(Optional<Set<String>> named) {
  /** Of all speakers, where they are drawn. */
  public static final double SHARE = 0.1;

  /** At most, of those who are not tested: as many as that are where a fifth of all is. */
  private static final double MOST = SHARE / 0.8;

  public ValidationSpeakers {
    named = named.map(Set::copyOf);
  }

  /**
   * 10% of all speakers, but no more than an eighth of those who are not tested, both rounded half
   * up; never everybody, and one at least where two are left to train on; balanced as {@link
   * SpeakerSplit#of}.
   */
  public static ValidationSpeakers drawn() {
    return new ValidationSpeakers(Optional.empty());
  }

  /** These; an empty set is nobody. */
  public static ValidationSpeakers named(Collection<String> speakers) {
    return new ValidationSpeakers(Optional.of(Set.copyOf(speakers)));
  }

  /** Whether it is said that nobody does. */
  public boolean isNobody() {
    return named.isPresent() && named.get().isEmpty();
  }

  /**
   * @param rest who is not tested
   * @param all how many speakers there are, with those who are tested
   */
  Set<String> among(Collection<Speaker> rest, int all, long seed) {
    if (named.isPresent()) {
      return new TreeSet<>(named.get());
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
    long wanted = Math.min(Math.round(SHARE * all), Math.round(MOST * rest));
    return Math.min(Math.max(least, wanted), rest - 1);
  }
}
