package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import ser.features.FeatureMatrix;
import ser.features.signal.Delta;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

/**
 * A network's fixed input, made from features of any length. The one definition that training clips
 * and scoring windows both pass through, before the {@link Normaliser}; see
 * docs/decisions/0002-model-input-is-one-window.md.
 *
 * <ul>
 *   <li>Silent frames at both ends, or everywhere, are dropped, if {@link InputFit#trimDb} and
 *       {@link InputFit#trim} say so.
 *   <li>Of more frames than the input has, {@link InputFit#crop} keeps some, or makes several
 *       inputs of them.
 *   <li>In log-mel, everything below the kept frames' loudest value minus {@code top_db} is raised
 *       to it: {@code top_db} refers to the input, never to the recording around it.
 *   <li>Levels of log-mel are those of full scale, or relative to the loudest value: {@link
 *       InputFit#level}. MFCC keep theirs.
 *   <li>Derivatives are taken of the kept frames.
 *   <li>Behind fewer frames follows {@link InputFit#padding}. For log-mel silence is {@code top_db}
 *       below the loudest value, but not below {@link #SILENCE_DB}: what a frame of zeros gives.
 *       (Appended zero samples would give that too, but for the {@code n_fft / 2 / hop_length}
 *       frames that still reach back into the sound; padding therefore happens here and nowhere
 *       else.)
 * </ul>
 *
 * @param channels each a stack of rows, all of the same height
 * @param fit from any number of frames to the input's
 * @param topDb dynamic range of log-mel below its loudest value, in decibels
 */
public record InputSpec(List<List<InputRows>> channels, InputFit fit, double topDb)
    implements Serializable {

  /** Log-mel of digital silence: {@code 10 log10(1e-10)}, librosa's {@code amin}. */
  public static final float SILENCE_DB = -100f;

  /** Values of one input: buffers are sized by what a model file says. */
  private static final long MOST_VALUES = 1L << 22;

  public InputSpec {
    channels = channels.stream().map(List::copyOf).toList();
    require(!channels.isEmpty() && channels.size() <= 16, "an input needs 1 to 16 channels");
    require(topDb > 0 && topDb < Double.POSITIVE_INFINITY, "top_db %s must be above 0", topDb);
    List<Integer> heights = channels.stream().map(InputSpec::heightOf).toList();
    require(
        heights.get(0) > 0 && heights.stream().distinct().count() == 1,
        "the channels of an input have %s rows and must be equally high, at least 1",
        heights);
    require(
        (long) channels.size() * heights.get(0) * fit.frames() <= MOST_VALUES,
        "an input of %s channels, %s rows and %s frames has more than %s values",
        channels.size(),
        heights.get(0),
        fit.frames(),
        MOST_VALUES);
    require(
        fit.trimDb() == 0 || channels.stream().flatMap(List::stream).anyMatch(InputSpec::isLogMel),
        "an input without log_mel cannot be trimmed by level");
    require(
        fit.level() == InputFit.Level.ABSOLUTE
            || channels.stream().flatMap(List::stream).anyMatch(InputSpec::isLogMel),
        "an input without log_mel has no relative levels");
  }

  /** All bands of log-mel as the only channel, cut to the middle, followed by silence. */
  public static InputSpec logMel(int bands, int frames, double topDb) {
    return new InputSpec(
        List.of(List.of(new InputRows(Feature.LOG_MEL, bands, 0))),
        InputFit.untrimmed(frames, InputFit.Crop.CENTRE, InputFit.Padding.SILENCE),
        topDb);
  }

  /** Rows of each channel. */
  public int rows() {
    return heightOf(channels.get(0));
  }

  /** Rows of all channels: what the {@link Normaliser} has means of. */
  public int allRows() {
    return rows() * channels.size();
  }

  public int frames() {
    return fit.frames();
  }

  /** The features that are needed. */
  public Set<Feature> features() {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    channels.forEach(channel -> channel.forEach(rows -> features.add(rows.feature())));
    return Collections.unmodifiableSet(features);
  }

  /**
   * @throws IllegalArgumentException naming what the features lack
   */
  public void requireFrom(FeatureSpec spec) {
    for (List<InputRows> channel : channels) {
      for (InputRows rows : channel) {
        require(
            spec.features().contains(rows.feature()),
            "the input needs %s and the features have none",
            rows.feature().columnName());
        int available = spec.coefficientsOf(rows.feature());
        require(
            rows.rows() <= available,
            "the input needs %s rows of %s and the features have %s",
            rows.rows(),
            rows.feature().columnName(),
            available);
      }
    }
  }

  /**
   * One input.
   *
   * @param matrices gives the matrix of each of {@link #features}, all of the same frames, at least
   *     one; none is changed
   * @return a fresh matrix
   * @throws IllegalArgumentException if a matrix has too few rows or other frames than the rest
   */
  public InputMatrix of(Function<Feature, FeatureMatrix> matrices) {
    return of(matrices, soundOf(matrices).atMost(frames(), fit.crop()));
  }

  /**
   * All inputs of a recording, in time: what is learnt from it, and what it is judged by. More than
   * one with {@link InputFit.Crop#WINDOWS} alone.
   *
   * @param matrices as for {@link #of}
   * @return fresh matrices, at least one
   * @throws IllegalArgumentException if a matrix has too few rows or other frames than the rest
   */
  public List<InputMatrix> allOf(Function<Feature, FeatureMatrix> matrices) {
    return fit.crop() == InputFit.Crop.WINDOWS
        ? soundOf(matrices).windows(frames()).stream().map(part -> of(matrices, part)).toList()
        : List.of(of(matrices));
  }

  /**
   * What mean and deviation are taken of: the frames of {@link #allOf}, each once.
   *
   * @param matrices as for {@link #of}
   * @return fresh matrices, at least one
   * @throws IllegalArgumentException if a matrix has too few rows or other frames than the rest
   */
  public List<InputMatrix> apart(Function<Feature, FeatureMatrix> matrices) {
    return fit.crop() == InputFit.Crop.WINDOWS
        ? soundOf(matrices).tiles(frames()).stream().map(part -> of(matrices, part)).toList()
        : List.of(of(matrices));
  }

  private InputMatrix of(Function<Feature, FeatureMatrix> matrices, KeptFrames kept) {
    int given = given(matrices);
    float[] values = new float[allRows() * frames()];
    int row = 0;
    for (List<InputRows> channel : channels) {
      for (InputRows rows : channel) {
        FeatureMatrix matrix = matrices.apply(rows.feature());
        requireFits(rows, matrix, given);
        Levels levels = levelsOf(rows, matrix, kept);
        fill(values, row, rows, cut(rows, matrix, levels, kept), paddingOf(rows, levels));
        row += rows.rows();
      }
    }
    boolean paddingCounts = fit.padding() == InputFit.Padding.SILENCE;
    return new InputMatrix(values, frames(), paddingCounts ? frames() : kept.count());
  }

  /**
   * What becomes of levels.
   *
   * @param floor lower ones are raised to it
   * @param zero is taken from them
   */
  private record Levels(float floor, float zero) {
    private static final Levels AS_THEY_ARE = new Levels(Float.NEGATIVE_INFINITY, 0);

    float of(float value) {
      return Math.max(value, floor) - zero;
    }
  }

  private Levels levelsOf(InputRows rows, FeatureMatrix matrix, KeptFrames kept) {
    if (!isLogMel(rows)) {
      return Levels.AS_THEY_ARE;
    }
    float loudest = loudestOf(matrix, kept);
    boolean absolute = fit.level() == InputFit.Level.ABSOLUTE || rows.derivative() > 0;
    return new Levels((float) (loudest - topDb), absolute ? 0 : loudest);
  }

  private KeptFrames soundOf(Function<Feature, FeatureMatrix> matrices) {
    int given = given(matrices);
    return fit.trimDb() > 0
        ? KeptFrames.above(matrices.apply(Feature.LOG_MEL), fit.trimDb(), fit.trim())
        : KeptFrames.all(given);
  }

  private int given(Function<Feature, FeatureMatrix> matrices) {
    int given = matrices.apply(channels.get(0).get(0).feature()).frames();
    require(given > 0, "an input cannot be made of no frames");
    return given;
  }

  private static void requireFits(InputRows rows, FeatureMatrix matrix, int given) {
    require(
        matrix.frames() == given && matrix.coefficients() >= rows.rows(),
        "%s has %s rows of %s frames where the input needs %s of %s",
        rows.feature().columnName(),
        matrix.coefficients(),
        matrix.frames(),
        rows.rows(),
        given);
  }

  /** The kept frames of some rows, shape [rows][kept], or their derivative. */
  private static float[] cut(InputRows rows, FeatureMatrix matrix, Levels levels, KeptFrames kept) {
    float[] cut = new float[rows.rows() * kept.count()];
    for (int row = 0; row < rows.rows(); row++) {
      for (int frame = 0; frame < kept.count(); frame++) {
        cut[row * kept.count() + frame] = levels.of(matrix.at(row, kept.at(frame)));
      }
    }
    if (rows.derivative() == 0) {
      return cut;
    }
    float[] derivative = new float[cut.length];
    Delta delta = rows.derivative() == 1 ? Delta.first() : Delta.second();
    delta.apply(cut, rows.rows(), kept.count(), derivative);
    return derivative;
  }

  private float paddingOf(InputRows rows, Levels levels) {
    return isLogMel(rows) && rows.derivative() == 0 && fit.padding() == InputFit.Padding.SILENCE
        ? levels.of(SILENCE_DB)
        : 0;
  }

  private void fill(float[] values, int firstRow, InputRows rows, float[] cut, float padding) {
    int kept = cut.length / rows.rows();
    for (int row = 0; row < rows.rows(); row++) {
      int to = (firstRow + row) * frames();
      System.arraycopy(cut, row * kept, values, to, kept);
      Arrays.fill(values, to + kept, to + frames(), padding);
    }
  }

  private static float loudestOf(FeatureMatrix logMel, KeptFrames kept) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (int band = 0; band < logMel.coefficients(); band++) {
      for (int frame = 0; frame < kept.count(); frame++) {
        loudest = Math.max(loudest, logMel.at(band, kept.at(frame)));
      }
    }
    return loudest;
  }

  private static int heightOf(List<InputRows> channel) {
    return channel.stream().mapToInt(InputRows::rows).sum();
  }

  private static boolean isLogMel(InputRows rows) {
    return rows.feature() == Feature.LOG_MEL;
  }
}
