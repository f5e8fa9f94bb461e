package ser.jobs.quickstart;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * A sentence laid out in time, in steps of 5 ms: where formants, voicing, hiss and pitch stand at
 * each step.
 *
 * @param formantsHz first, second and third formant, shape [3][steps]
 * @param voicing 0 to 1, shape [steps]
 * @param hiss strength, shape [steps]
 * @param hissHz where it is loudest, shape [steps]
 * @param pitchHz fundamental frequency, shape [steps]
 */
record Articulation(
    double[][] formantsHz, double[] voicing, double[] hiss, double[] hissHz, double[] pitchHz) {
  static final double STEP_MS = 5;

  /**
   * Half the width of the glide from sound to sound: 40 ms for the tongue, 15 ms for lips and vocal
   * folds.
   */
  private static final int TONGUE_STEPS = 4;

  private static final int CLOSURE_STEPS = 1;

  private static final double LEAD_MS = 180;
  private static final double TREMOR_HZ = 7;

  /** Lays {@code sentence} out as {@code speaker} says it in the manner of {@code prosody}. */
  static Articulation of(Sentence sentence, Speaker speaker, Prosody prosody, Random random) {
    List<Sentence.Sound> sounds = sentence.sounds();
    int[] starts =
        starts(sounds, StrictMath.exp(speaker.tempo() + prosody.tempo()), prosody, random);
    int steps = starts[sounds.size()] + (int) ((LEAD_MS + 200 * random.nextDouble()) / STEP_MS);
    double scale = speaker.formantScale() * StrictMath.exp(prosody.formantShift());
    Track track = new Track(sounds, starts, steps);
    return new Articulation(
        new double[][] {
          track.of(s -> s.phone().f1Hz() * scale, TONGUE_STEPS),
          track.of(s -> s.phone().f2Hz() * scale, TONGUE_STEPS),
          track.of(s -> Math.min(s.phone().f3Hz(), 3000) * scale, TONGUE_STEPS)
        },
        track.of(
            s -> s.phone().voicing() * (s.phone().isVowel() && !s.stressed() ? 0.75 : 1),
            CLOSURE_STEPS),
        track.of(s -> s.phone().hiss(), CLOSURE_STEPS),
        track.of(s -> s.phone().f3Hz() * scale, TONGUE_STEPS),
        pitch(sounds, starts, steps, speaker, prosody, random));
  }

  int steps() {
    return pitchHz.length;
  }

  /** First step of each sound, and of the silence after the last. */
  private static int[] starts(
      List<Sentence.Sound> sounds, double speed, Prosody prosody, Random random) {
    int[] starts = new int[sounds.size() + 1];
    double ms = LEAD_MS + 200 * random.nextDouble();
    for (int i = 0; i < sounds.size(); i++) {
      starts[i] = (int) (ms / STEP_MS);
      Sentence.Sound sound = sounds.get(i);
      double length = sound.phone().lengthMs() * (1 + 0.08 * random.nextGaussian());
      ms += Math.max(25, length * (sound.stressed() ? 1.25 : 1) / speed);
      ms += sound.pause() ? Math.max(0, 60 + prosody.pauseMs()) : 0;
    }
    starts[sounds.size()] = (int) (ms / STEP_MS);
    return starts;
  }

  private static double[] pitch(
      List<Sentence.Sound> sounds,
      int[] starts,
      int steps,
      Speaker speaker,
      Prosody prosody,
      Random random) {
    double[] semitones = new double[steps];
    int first = starts[0];
    int last = starts[sounds.size()];
    Prosody.Pitch p = prosody.pitch();
    double tremorPhase = random.nextDouble();
    for (int t = 0; t < steps; t++) {
      double at = Math.min(1, Math.max(0, (t - first) / (double) (last - first)));
      double seconds = t * STEP_MS / 1000;
      semitones[t] =
          p.levelSt()
              + (p.slopeSt() - 2) * (at - 0.5)
              + p.finalRiseSt() * Math.max(0, (at - 0.75) / 0.25)
              + p.tremorSt() * StrictMath.sin(2 * Math.PI * (TREMOR_HZ * seconds + tremorPhase));
    }
    for (int i = 0; i < sounds.size(); i++) {
      if (sounds.get(i).stressed()) {
        double height = (2 + p.accentSt()) * (0.8 + 0.4 * random.nextDouble());
        addAccent(semitones, (starts[i] + starts[i + 1]) / 2.0, height);
      }
    }
    double[] pitchHz = new double[steps];
    for (int t = 0; t < steps; t++) {
      pitchHz[t] = speaker.baseHz() * StrictMath.exp(semitones[t] * StrictMath.log(2) / 12);
    }
    return pitchHz;
  }

  private static void addAccent(double[] semitones, double centre, double height) {
    double width = 90 / STEP_MS;
    for (int t = 0; t < semitones.length; t++) {
      double x = (t - centre) / width;
      semitones[t] += height * StrictMath.exp(-x * x);
    }
  }

  /** Spreads one property of the sounds over the steps and rounds the corners. */
  private record Track(List<Sentence.Sound> sounds, int[] starts, int steps) {
    double[] of(ToDoubleFunction<Sentence.Sound> property, int reach) {
      Sentence.Sound silence = new Sentence.Sound(Phone.of("_"), false, false);
      double[] targets = new double[steps];
      int i = -1;
      for (int t = 0; t < steps; t++) {
        while (i + 1 < starts.length && t >= starts[i + 1]) {
          i++;
        }
        boolean spoken = i >= 0 && i < sounds.size();
        targets[t] = property.applyAsDouble(spoken ? sounds.get(i) : silence);
      }
      double[] glides = new double[steps];
      for (int t = 0; t < steps; t++) {
        double sum = 0;
        for (int d = -reach; d <= reach; d++) {
          sum += targets[Math.min(steps - 1, Math.max(0, t + d))];
        }
        glides[t] = sum / (2 * reach + 1);
      }
      return glides;
    }
  }
}
