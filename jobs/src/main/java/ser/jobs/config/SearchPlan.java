package ser.jobs.config;

import java.util.ArrayList;
import java.util.List;

/**
 * How many trials there are, and how long each is trained.
 *
 * @param trials that are drawn
 * @param epochs of a trial that is trained to the end
 * @param factor with halving, of how many trials one goes on, and to how many times the epochs
 */
public record SearchPlan(Method method, int trials, int epochs, int factor) {

  /** How trials are chosen that are trained to the end. */
  public enum Method {
    /** All are. */
    RANDOM,
    /** The best after few epochs: successive halving (Jamieson and Talwalkar, 2016). */
    HALVING;

    static Method ofLabel(String label) {
      return switch (label) {
        case "random" -> RANDOM;
        case "halving" -> HALVING;
        default ->
            throw new IllegalArgumentException("'%s' is none of random, halving".formatted(label));
      };
    }
  }

  /**
   * Trials that are trained equally long.
   *
   * @param number counted from 1
   * @param trials how many
   * @param epochs of each, at most
   */
  public record Round(int number, int trials, int epochs) {}

  public SearchPlan {
    require(trials > 0, "trials", trials, "at least 1");
    require(epochs > 0, "epochs", epochs, "at least 1");
    require(factor > 1, "halving-factor", factor, "at least 2");
  }

  /**
   * The rounds in order. With halving the last one has one trial or some, fewer than {@code
   * factor}, for all epochs; each one before it {@code factor} times as many for a part of the
   * epochs, as long as there are as many trials and a whole epoch for each.
   */
  public List<Round> rounds() {
    int before = 0;
    if (method == Method.HALVING) {
      for (long power = factor; power <= trials && power <= epochs; power *= factor) {
        before++;
      }
    }
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i <= before; i++) {
      rounds.add(
          new Round(
              i + 1,
              (int) (trials / Math.round(Math.pow(factor, i))),
              (int) Math.max(1, Math.round(epochs / Math.pow(factor, before - i)))));
    }
    return rounds;
  }

  private static void require(boolean condition, String key, int value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException("%s %d must be %s".formatted(key, value, allowed));
    }
  }
}
