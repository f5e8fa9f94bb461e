package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * How a matrix of any number of frames becomes one of a fixed number.
 *
 * @param frames of the input
 * @param crop which frames are kept of more
 * @param padding what follows fewer
 * @param trimDb frames whose loudest mel band is this far below the loudest of all are silent, and
 *     dropped first, in decibels; 0 drops none
 * @param trim which of them
 * @param level what log-mel is relative to
 */
public record InputFit(
    int frames, Crop crop, Padding padding, double trimDb, Trim trim, Level level)
    implements Serializable {

  /** Which frames are kept. */
  public enum Crop {
    /** Those in the middle. */
    CENTRE,
    /** The first ones. */
    START,
    /**
     * All, in several inputs that overlap by half or more. A row of one input alone, such as a
     * window of a call, keeps those in the middle.
     */
    WINDOWS;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Crop ofLabel(String label) {
      return named(Crop.class, label);
    }
  }

  /** What decibels of log-mel are relative to. */
  public enum Level {
    /** Full scale. */
    ABSOLUTE,
    /** The input's loudest value. How loud a line makes a voice then says nothing. */
    RELATIVE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Level ofLabel(String label) {
      return named(Level.class, label);
    }
  }

  /** Which silent frames are dropped. */
  public enum Trim {
    /** Those before the first sound and after the last. */
    ENDS,
    /** All: what is left moves together. A window of a call may hold a pause between sentences. */
    EVERYWHERE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Trim ofLabel(String label) {
      return named(Trim.class, label);
    }
  }

  /** What stands behind the last frame. */
  public enum Padding {
    /** What silence gives: the lowest level for log-mel, 0 for anything else. It is normalised. */
    SILENCE,
    /** The mean: 0 after normalisation. It takes no part in the statistics. */
    MEAN;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Padding ofLabel(String label) {
      return named(Padding.class, label);
    }
  }

  public InputFit {
    require(frames > 0 && frames <= 1 << 16, "%s frames must be from 1 to 65536", frames);
    require(
        trimDb >= 0 && trimDb < Double.POSITIVE_INFINITY,
        "trim of %s dB must be 0 or above",
        trimDb);
    Objects.requireNonNull(crop, "crop");
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(trim, "trim");
    require(
        trim == Trim.ENDS || trimDb > 0,
        "trim everywhere drops nothing without a trim in dB: set trim-db, or trim = ends");
    Objects.requireNonNull(level, "level");
  }

  /** Drops no frames for being silent, and keeps levels. */
  public static InputFit untrimmed(int frames, Crop crop, Padding padding) {
    return new InputFit(frames, crop, padding, 0, Trim.ENDS, Level.ABSOLUTE);
  }

  private static <E extends Enum<E>> E named(Class<E> type, String label) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(label)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s"
            .formatted(
                label,
                java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
