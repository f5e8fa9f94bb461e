package ser.model.input;

import java.util.stream.IntStream;
import ser.features.FeatureMatrix;

/** The frames that an input is made of, in order: at least one. */
final class KeptFrames {
  private final int[] frames;

  private KeptFrames(int[] frames) {
    this.frames = frames;
  }

  static KeptFrames all(int frames) {
    return new KeptFrames(IntStream.range(0, frames).toArray());
  }

  /** Those whose loudest band comes near the loudest of all, and between them those of the rule. */
  static KeptFrames above(FeatureMatrix logMel, double belowPeakDb, InputFit.Trim rule) {
    float[] levels = new float[logMel.frames()];
    float peak = Float.NEGATIVE_INFINITY;
    for (int frame = 0; frame < levels.length; frame++) {
      float level = Float.NEGATIVE_INFINITY;
      for (int band = 0; band < logMel.coefficients(); band++) {
        level = Math.max(level, logMel.at(band, frame));
      }
      levels[frame] = level;
      peak = Math.max(peak, level);
    }
    double threshold = peak - belowPeakDb;
    int[] loud =
        IntStream.range(0, levels.length).filter(frame -> levels[frame] >= threshold).toArray();
    return new KeptFrames(
        switch (rule) {
          case ENDS -> IntStream.rangeClosed(loud[0], loud[loud.length - 1]).toArray();
          case EVERYWHERE -> loud;
        });
  }

  KeptFrames atMost(int count, InputFit.Crop crop) {
    int kept = Math.min(count, frames.length);
    int first = crop == InputFit.Crop.CENTRE ? (frames.length - kept) / 2 : 0;
    return new KeptFrames(IntStream.range(first, first + kept).map(i -> frames[i]).toArray());
  }

  int count() {
    return frames.length;
  }

  /** Where a frame stands in the matrix. */
  int at(int kept) {
    return frames[kept];
  }
}
