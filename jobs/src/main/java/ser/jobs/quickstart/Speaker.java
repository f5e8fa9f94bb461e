package ser.jobs.quickstart;

import java.util.Random;

/**
 * A synthetic speaker: anatomy, habits and the room.
 *
 * @param number from 1 on; odd numbers are men, even numbers are women
 * @param baseHz habitual fundamental frequency
 * @param formantScale formants relative to a man of average size; a shorter vocal tract has higher
 *     ones
 * @param voice habitual voice, added to that of an emotion
 * @param tempo natural logarithm of the habitual speed
 * @param room recording level and noise
 */
record Speaker(
    int number, double baseHz, double formantScale, Prosody.Voice voice, double tempo, Room room) {

  /**
   * How a speaker is recorded.
   *
   * @param gainDb distance to the microphone
   * @param noiseDb level of the background noise relative to full scale
   */
  record Room(double gainDb, double noiseDb) {}

  Speaker {
    if (number < 1 || number > 99) {
      throw new IllegalArgumentException(
          "speaker number %d must be 1 to 99: names have two digits for it".formatted(number));
    }
  }

  /** The same speaker for the same number and seed, whoever else speaks. */
  static Speaker of(int number, long seed) {
    Random random = Seeds.random(seed, number);
    boolean woman = number % 2 == 0;
    return new Speaker(
        number,
        (woman ? 200 : 115) * StrictMath.exp(0.09 * random.nextGaussian()),
        (woman ? 1.16 : 1.0) * StrictMath.exp(0.03 * random.nextGaussian()),
        new Prosody.Voice(
            0.12 * random.nextGaussian(), 0.12 * random.nextDouble(), 0.12 * random.nextDouble()),
        0.06 * random.nextGaussian(),
        new Room(1.5 * random.nextGaussian(), -74 + 12 * random.nextDouble()));
  }

  /** {@code f} or {@code m}, as in file names. */
  String gender() {
    return number % 2 == 0 ? "f" : "m";
  }
}
