package ser.model.input;

import java.util.Arrays;
import java.util.List;
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
    return part(crop == InputFit.Crop.START ? 0 : (frames.length - kept) / 2, kept);
  }

  /** As many parts of this length as it takes to overlap by half or more, evenly apart. */
  List<KeptFrames> windows(int count) {
    int more = frames.length - count;
    if (more <= 0) {
      return List.of(this);
    }
    int steps = (2 * more + count - 1) / count;
    return IntStream.rangeClosed(0, steps)
        .mapToObj(step -> part((int) Math.round((double) more * step / steps), count))
        .toList();
  }

  /** One part of this length after the other; the last one may be shorter. */
  List<KeptFrames> tiles(int count) {
    return IntStream.iterate(0, first -> first < frames.length, first -> first + count)
        .mapToObj(first -> part(first, Math.min(count, frames.length - first)))
        .toList();
  }

  private KeptFrames part(int first, int length) {
    return new KeptFrames(Arrays.copyOfRange(frames, first, first + length));
  }

  int count() {
    return frames.length;
  }

  /** Where a frame stands in the matrix. */
  int at(int kept) {
    return frames[kept];
  }
}
