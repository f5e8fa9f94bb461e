package ser.jobs.quickstart;

import java.util.Locale;
import ser.jobs.quickstart.Prosody.Pitch;
import ser.jobs.quickstart.Prosody.Voice;

/**
 * The eight emotions of RAVDESS and how our synthetic speakers act them.
 *
 * <p>Directions follow Murray and Arnott, "Toward the simulation of emotion in synthetic speech"
 * (JASA 93, 1993) and Scherer, "Vocal communication of emotion" (Speech Communication 40, 2003);
 * sizes are chosen so that neighbours overlap (neutral and calm, calm and sad, happy and surprised)
 * as they do among people.
 */
enum Mood {
  NEUTRAL(new Pitch(0, 0, 0, 0, 0), new Voice(0, 0.1, 0.05), 0, 0, 0, 0),
  CALM(new Pitch(-1, -0.8, 0.5, 0, 0), new Voice(0.45, 0.3, 0), -5, -0.14, 60, 0),
  HAPPY(new Pitch(4, 3, 1.5, 0.5, 0), new Voice(-0.3, 0.1, 0.05), 4, 0.1, -20, 0.07),
  SAD(new Pitch(-2, -1.6, -2, 0, 0.15), new Voice(0.8, 0.55, 0.15), -9, -0.3, 180, -0.03),
  ANGRY(new Pitch(3, 4, -3, 0, 0), new Voice(-0.95, 0, 0.45), 9, 0.14, -40, 0),
  FEARFUL(new Pitch(6, -1, 0.5, 0, 0.9), new Voice(0.25, 0.6, 0.3), 0, 0.28, 30, 0.02),
  DISGUST(new Pitch(-3, 1, -3, 0, 0), new Voice(-0.3, 0.15, 0.95), 0, -0.22, 90, -0.08),
  SURPRISED(new Pitch(6, 4.5, 0, 9, 0), new Voice(-0.1, 0.25, 0), 3, 0.02, 40, 0.03);

  private final Prosody prosody;

  Mood(
      Pitch pitch, Voice voice, double levelDb, double tempo, double pauseMs, double formantShift) {
    this.prosody = new Prosody(pitch, voice, levelDb, tempo, pauseMs, formantShift);
  }

  Prosody prosody() {
    return prosody;
  }

  /** The canonical label, as it stands in file names and tables. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
