package ser.jobs.quickstart;

import java.util.Random;

/**
 * How an utterance is spoken, as a departure from a speaker's habit; all zero is the habit itself.
 *
 * @param pitch level, range and course of the fundamental frequency
 * @param voice how the vocal folds close
 * @param levelDb loudness
 * @param tempo natural logarithm of the speed: 0.1 is about 10% faster
 * @param pauseMs pause between the two halves of a sentence, added to a short one
 * @param formantShift natural logarithm of the shift of all formants: lips spread (above 0, a
 *     smile) or rounded
 */
record Prosody(
    Pitch pitch, Voice voice, double levelDb, double tempo, double pauseMs, double formantShift) {

  /**
   * Course of the fundamental frequency.
   *
   * @param levelSt level in semitones
   * @param accentSt height of the accents on stressed vowels in semitones, added to the usual two
   * @param slopeSt change from the first to the last sound in semitones, added to the usual fall by
   *     two
   * @param finalRiseSt rise over the last quarter in semitones
   * @param tremorSt depth of a trembling of 7 Hz in semitones
   */
  record Pitch(
      double levelSt, double accentSt, double slopeSt, double finalRiseSt, double tremorSt) {}

  /**
   * Quality of the voice.
   *
   * @param tilt weight of the low harmonics, -1 (pressed, bright) to 1 (soft, dull)
   * @param breath noise of air, 0 to 1
   * @param roughness irregularity of the periods, 0 to 1
   */
  record Voice(double tilt, double breath, double roughness) {}

  /**
   * The same manner as one take of it comes out: more or less of it, and never twice alike.
   *
   * @param random decides; two takes need two states of it
   */
  Prosody take(Random random) {
    double strength = 0.55 + 0.6 * random.nextDouble();
    Pitch p = pitch;
    Voice v = voice;
    return new Prosody(
        new Pitch(
            strength * p.levelSt + 0.8 * random.nextGaussian(),
            strength * p.accentSt + 0.5 * random.nextGaussian(),
            strength * p.slopeSt + 0.7 * random.nextGaussian(),
            strength * p.finalRiseSt + 0.4 * random.nextGaussian(),
            Math.max(0, strength * p.tremorSt + 0.06 * random.nextGaussian())),
        new Voice(
            strength * v.tilt + 0.12 * random.nextGaussian(),
            clamp(strength * v.breath + 0.07 * random.nextGaussian()),
            clamp(strength * v.roughness + 0.07 * random.nextGaussian())),
        strength * levelDb + 1.5 * random.nextGaussian(),
        strength * tempo + 0.05 * random.nextGaussian(),
        Math.max(0, strength * pauseMs + 25 * random.nextGaussian()),
        strength * formantShift + 0.012 * random.nextGaussian());
  }

  private static double clamp(double share) {
    return Math.min(1, Math.max(0, share));
  }
}
