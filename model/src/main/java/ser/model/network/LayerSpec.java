package ser.model.network;

import java.io.Serializable;

/** One layer of a network, as a recipe writes it; {@link LayerText} reads and prints them. */
public sealed interface LayerSpec extends Serializable {

  /**
   * {@code conv 64 3x3} keeps height and width, {@code conv 64 13x5 valid} gives only what the
   * kernel covers.
   *
   * @param filters channels that come out
   * @param height of the kernel, over the input's rows
   * @param width of the kernel, over frames
   * @param valid without padding
   */
  record Convolution(int filters, int height, int width, boolean valid) implements LayerSpec {
    public Convolution {
      requirePositive(filters, height, width);
    }
  }

  /**
   * {@code conv-time 128 3}: all rows at once, so that one is left; the frames stay as many.
   *
   * @param filters channels that come out
   * @param frames of the kernel, an odd number
   */
  record TimeConvolution(int filters, int frames) implements LayerSpec {
    public TimeConvolution {
      requirePositive(filters, frames);
      if (frames % 2 == 0) {
        throw new IllegalArgumentException(
            "a kernel of %d frames has no middle; give an odd number".formatted(frames));
      }
    }
  }

  /** {@code batch-norm}. */
  record BatchNorm() implements LayerSpec {}

  /** {@code relu}. */
  record Relu() implements LayerSpec {}

  /** {@code max-pool 2x2}: the largest of each patch, patches side by side. */
  record MaxPool(int height, int width) implements LayerSpec {
    public MaxPool {
      requirePositive(height, width);
    }
  }

  /**
   * {@code max-blur-pool 2x2}: the largest of each patch, a patch at every row and frame, of which
   * as many are kept as of {@code max-pool 2x2}, each the mean of those around it. What comes out
   * depends less on where a sound begins (Zhang, Making convolutional networks shift-invariant
   * again, 2019; the filter is a box of twice the patch less one).
   */
  record MaxBlurPool(int height, int width) implements LayerSpec {
    public MaxBlurPool {
      requirePositive(height, width);
    }
  }

  /** {@code global-average-pool}: one value per channel. */
  record GlobalAveragePool() implements LayerSpec {}

  /**
   * {@code attentive-pool 32}: weighted mean and deviation of each channel over rows and frames,
   * whose weights are learnt: {@link ser.model.network.attention.AttentivePooling}.
   *
   * @param hidden units that a weight is computed by
   */
  record AttentivePool(int hidden) implements LayerSpec {
    public AttentivePool {
      requirePositive(hidden);
    }
  }

  /**
   * {@code dropout 0.3}, of what goes into the next layer with weights.
   *
   * @param lost share of values that are dropped, above 0 and below 1
   */
  record Dropout(double lost) implements LayerSpec {
    public Dropout {
      if (!(lost > 0 && lost < 1)) {
        throw new IllegalArgumentException(
            "dropout %s must be above 0 and below 1".formatted(lost));
      }
    }
  }

  /** {@code dense 128}: with a rectifier behind it. */
  record Dense(int units) implements LayerSpec {
    public Dense {
      requirePositive(units);
    }
  }

  private static void requirePositive(int... sizes) {
    for (int size : sizes) {
      if (size < 1 || size > 1 << 14) {
        throw new IllegalArgumentException("size %d must be from 1 to 16384".formatted(size));
      }
    }
  }
}
