package ser.model;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;
import ser.features.FeatureMatrix;

/**
 * The network's fixed input, made from a log-mel matrix of any length. The one definition that
 * training clips and scoring windows both pass through, before the {@link Normaliser}; see
 * docs/decisions/0002-model-input-is-one-window.md.
 *
 * <ul>
 *   <li>More frames than the input has: its centre, {@code frames} frames from frame {@code (given
 *       - frames) / 2} on, rounded down.
 *   <li>Fewer: silence at the end, which is {@code top_db} below the loudest value, but not below
 *       {@link #SILENCE_DB}: what a frame of zeros gives. (Appended zero samples would give that
 *       too, but for the {@code n_fft / 2 / hop_length} frames that still reach back into the
 *       sound; padding therefore happens here and nowhere else.)
 *   <li>Then everything below the result's loudest value minus {@code top_db} is raised to it:
 *       {@code top_db} refers to the window, never to the recording around it.
 * </ul>
 *
 * @param bands mel bands
 * @param frames frames of the network's input
 * @param topDb dynamic range below the window's loudest value, in decibels
 */
public record WindowInput(int bands, int frames, double topDb) implements Serializable {

  /** Log-mel of digital silence: {@code 10 log10(1e-10)}, librosa's {@code amin}. */
  public static final float SILENCE_DB = -100f;

  public WindowInput {
    require(bands > 0 && bands <= 1024, "mel bands %s must be from 1 to 1024", bands);
    require(frames > 0 && frames <= 1 << 16, "%s frames must be from 1 to 65536", frames);
    require(topDb > 0 && topDb < Double.POSITIVE_INFINITY, "top_db %s must be above 0", topDb);
  }

  /**
   * @param logMel row-major, shape [bands][logMelFrames], in decibels; not changed
   * @param logMelFrames at least 1
   * @return a fresh array, row-major, shape [bands][frames], in decibels
   * @throws IllegalArgumentException if the shape is another
   */
  public float[] of(float[] logMel, int logMelFrames) {
    require(
        logMelFrames > 0 && logMel.length == (long) bands * logMelFrames,
        "%s values do not make %s bands x %s frames",
        logMel.length,
        bands,
        logMelFrames);
    int kept = Math.min(frames, logMelFrames);
    int first = (logMelFrames - kept) / 2;
    float floor = floorOf(logMel, logMelFrames, first, kept);
    float silence = Math.max(floor, SILENCE_DB);
    float[] input = new float[bands * frames];
    for (int band = 0; band < bands; band++) {
      int from = band * logMelFrames + first;
      int to = band * frames;
      for (int frame = 0; frame < kept; frame++) {
        input[to + frame] = Math.max(logMel[from + frame], floor);
      }
      Arrays.fill(input, to + kept, to + frames, silence);
    }
    return input;
  }

  /** As {@link #of(float[], int)}, for a matrix of the features table. */
  public float[] of(FeatureMatrix logMel) {
    require(
        logMel.coefficients() == bands,
        "a matrix of %s bands cannot be the input of a network for %s",
        logMel.coefficients(),
        bands);
    return of(logMel.values(), logMel.frames());
  }

  private float floorOf(float[] logMel, int logMelFrames, int first, int kept) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (int band = 0; band < bands; band++) {
      int from = band * logMelFrames + first;
      for (int i = from; i < from + kept; i++) {
        loudest = Math.max(loudest, logMel[i]);
      }
    }
    return (float) (loudest - topDb);
  }
}
