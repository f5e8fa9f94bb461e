package ser.jobs.quickstart;

import java.util.Random;

/**
 * One recording: who says what in which mood, and which take it is.
 *
 * @param take from 1 on, at most 99
 */
record Utterance(Speaker speaker, Mood mood, Sentence sentence, int take) {
  static final int SAMPLE_RATE_HZ = 22_050;

  /** Level of a neutral voice: far enough below full scale for an angry one. */
  private static final double NEUTRAL_LEVEL_DB = -27;

  Utterance {
    if (take < 1 || take > 99) {
      throw new IllegalArgumentException(
          "take %d must be 1 to 99: names have two digits for it".formatted(take));
    }
  }

  /**
   * {@code synthetic-SPEAKER-GENDER-EMOTION-STATEMENT-TAKE.wav}, such as {@code
   * synthetic-04-f-angry-01-02.wav}.
   */
  String fileName() {
    return "synthetic-%02d-%s-%s-%02d-%02d.wav"
        .formatted(speaker.number(), speaker.gender(), mood.label(), sentence.number(), take);
  }

  /** How this take is spoken. */
  Prosody prosody(long seed) {
    return mood.prosody().take(random(seed, 1));
  }

  /** Course of the pitch and of the mouth, in steps of {@value Articulation#STEP_MS} ms. */
  Articulation articulation(long seed) {
    return Articulation.of(sentence, speaker, prosody(seed), random(seed, 2));
  }

  /**
   * The sound, the same for the same seed on any machine.
   *
   * @return samples at {@value #SAMPLE_RATE_HZ} Hz, above -1 and below 1
   */
  float[] samples(long seed) {
    Prosody prosody = prosody(seed);
    Random random = random(seed, 3);
    double[] speech = speech(articulation(seed), prosody, random);
    double gain =
        decibels(NEUTRAL_LEVEL_DB + prosody.levelDb() + speaker.room().gainDb()) / loudness(speech);
    double noise = decibels(speaker.room().noiseDb()) * Math.sqrt(3);
    float[] samples = new float[speech.length];
    for (int i = 0; i < speech.length; i++) {
      double x = speech[i] * gain + noise * (2 * random.nextDouble() - 1);
      // Bends the few peaks that would leave the range, as a microphone's membrane does.
      samples[i] = (float) (x / Math.sqrt(1 + x * x));
    }
    return samples;
  }

  private double[] speech(Articulation articulation, Prosody prosody, Random random) {
    Prosody.Voice own = speaker.voice();
    Prosody.Voice voice =
        new Prosody.Voice(
            prosody.voice().tilt() + own.tilt(),
            Math.min(1, prosody.voice().breath() + own.breath()),
            Math.min(1, prosody.voice().roughness() + own.roughness()));
    GlottalSource folds = new GlottalSource(SAMPLE_RATE_HZ, voice, random);
    FormantFilter tract = new FormantFilter(SAMPLE_RATE_HZ);
    double scale = speaker.formantScale();
    int perStep = (int) (SAMPLE_RATE_HZ * Articulation.STEP_MS / 1000);
    // A loud voice hisses hardly louder: consonants fall behind.
    double hissLevel = 0.35 * decibels(-0.5 * prosody.levelDb());
    double[] speech = new double[articulation.steps() * perStep];
    double[][] formants = articulation.formantsHz();
    for (int t = 0; t < articulation.steps(); t++) {
      tract.tune(formants[0][t], formants[1][t], formants[2][t], articulation.hissHz()[t], scale);
      int next = Math.min(t + 1, articulation.steps() - 1);
      for (int i = 0; i < perStep; i++) {
        double share = i / (double) perStep;
        double voiced =
            between(articulation.voicing()[t], articulation.voicing()[next], share)
                * folds.next(
                    between(articulation.pitchHz()[t], articulation.pitchHz()[next], share));
        double hiss =
            between(articulation.hiss()[t], articulation.hiss()[next], share)
                * hissLevel
                * (2 * random.nextDouble() - 1);
        speech[t * perStep + i] = tract.next(voiced, hiss);
      }
    }
    return speech;
  }

  private static double between(double from, double to, double share) {
    return from + share * (to - from);
  }

  /** Root mean square of the louder half, so that pauses do not count. */
  private static double loudness(double[] speech) {
    double mean = 0;
    for (double x : speech) {
      mean += x * x / speech.length;
    }
    double sum = 0;
    int counted = 0;
    for (double x : speech) {
      if (x * x > 0.1 * mean) {
        sum += x * x;
        counted++;
      }
    }
    return Math.sqrt(sum / counted);
  }

  private static double decibels(double level) {
    return StrictMath.pow(10, level / 20);
  }

  private Random random(long seed, long purpose) {
    return Seeds.random(seed, speaker.number(), mood.ordinal(), sentence.number(), take, purpose);
  }
}
