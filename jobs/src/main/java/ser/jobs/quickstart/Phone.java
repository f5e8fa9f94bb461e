package ser.jobs.quickstart;

import java.util.Map;

/**
 * One sound of a sentence, for a man of average size.
 *
 * @param f1Hz first formant
 * @param f2Hz second formant
 * @param f3Hz third formant
 * @param voicing strength of the vocal folds' tone, 0 to 1
 * @param hiss strength of the noise at a narrow place of the mouth, 0 to 1
 * @param lengthMs usual length
 */
record Phone(double f1Hz, double f2Hz, double f3Hz, double voicing, double hiss, double lengthMs) {

  /**
   * Formants of vowels: Peterson and Barney (JASA 24, 1952), men; the rest: Klatt (JASA 67, 1980),
   * rounded.
   */
  private static final Map<String, Phone> PHONES =
      Map.ofEntries(
          Map.entry("a", vowel(730, 1090, 2440, 125)),
          Map.entry("i", vowel(270, 2290, 3010, 110)),
          Map.entry("u", vowel(300, 870, 2240, 115)),
          Map.entry("e", vowel(530, 1840, 2480, 110)),
          Map.entry("o", vowel(570, 840, 2410, 120)),
          Map.entry("@", vowel(500, 1400, 2400, 65)),
          Map.entry("m", new Phone(260, 1000, 2200, 0.4, 0, 70)),
          Map.entry("n", new Phone(260, 1450, 2500, 0.4, 0, 65)),
          Map.entry("l", new Phone(340, 1200, 2700, 0.6, 0, 65)),
          Map.entry("r", new Phone(420, 1250, 1600, 0.6, 0, 65)),
          Map.entry("w", new Phone(300, 650, 2200, 0.6, 0, 65)),
          Map.entry("j", new Phone(270, 2200, 2950, 0.6, 0, 60)),
          // Below 0.3 of voicing a sound is hiss; f3 then stands for where the hiss is loudest.
          Map.entry("s", new Phone(320, 1400, 5600, 0, 0.5, 95)),
          Map.entry("S", new Phone(300, 1800, 3000, 0, 0.6, 95)),
          Map.entry("f", new Phone(340, 1100, 4200, 0, 0.2, 80)),
          Map.entry("z", new Phone(280, 1400, 5400, 0.25, 0.25, 75)),
          Map.entry("v", new Phone(280, 1100, 2300, 0.35, 0.08, 60)),
          Map.entry("h", new Phone(500, 1500, 2500, 0, 0.15, 60)),
          Map.entry("t", new Phone(400, 1700, 4500, 0, 0.3, 45)),
          Map.entry("k", new Phone(350, 1800, 2400, 0, 0.3, 50)),
          Map.entry("p", new Phone(350, 900, 2000, 0, 0.2, 45)),
          Map.entry("d", new Phone(260, 1650, 2600, 0.2, 0.1, 45)),
          Map.entry("b", new Phone(240, 900, 2200, 0.25, 0.05, 50)),
          Map.entry("_", new Phone(450, 1300, 2400, 0, 0, 50)));

  private static Phone vowel(double f1Hz, double f2Hz, double f3Hz, double lengthMs) {
    return new Phone(f1Hz, f2Hz, f3Hz, 1, 0, lengthMs);
  }

  /**
   * The sound written as {@code symbol}; {@code _} is silence, before a stop or between phrases.
   */
  static Phone of(String symbol) {
    Phone phone = PHONES.get(symbol);
    if (phone == null) {
      throw new IllegalArgumentException("no sound is written '%s'".formatted(symbol));
    }
    return phone;
  }

  boolean isVowel() {
    return voicing == 1;
  }
}
