package ser.jobs.extract.report;

import java.util.ArrayList;
import java.util.List;
import ser.features.spec.MelSpec;
import ser.report.chart.Axis;

/** Where frequencies stand on a picture whose rows are mel bands. */
final class MelAxis {
  private static final int LOWEST_HZ = 250;
  private static final int OCTAVES = 10;

  /** Labels nearer to each other than this share of the picture's height would overlap. */
  private static final double CLOSEST = 0.11;

  private MelAxis() {}

  /** Marks an octave apart, where their band is among the picture's. */
  static Axis of(MelSpec mel, int rateHz) {
    double from = mel.scale().melOf(mel.fMinHz());
    double to = mel.scale().melOf(mel.fMaxHz() == 0 ? rateHz / 2.0 : mel.fMaxHz());
    List<Axis.Tick> ticks = new ArrayList<>();
    for (int octave = 0; octave < OCTAVES; octave++) {
      int hz = LOWEST_HZ << octave;
      double position = position(hz, from, to, mel);
      // Octaves stand closer to each other at the lower end.
      if (position >= CLOSEST / 2 && position <= 1) {
        ticks.removeIf(lower -> position - lower.position() < CLOSEST);
        ticks.add(new Axis.Tick(position, label(hz)));
      }
    }
    return new Axis("Hz", ticks);
  }

  /** Band b is centred b + 1 steps above the lowest edge, of {@code bands + 1}. */
  private static double position(int hz, double from, double to, MelSpec mel) {
    double band = (mel.scale().melOf(hz) - from) / (to - from) * (mel.bands() + 1) - 1;
    return (band + 0.5) / mel.bands();
  }

  private static String label(int hz) {
    return hz < 1000 ? Integer.toString(hz) : hz / 1000 + "k";
  }
}
