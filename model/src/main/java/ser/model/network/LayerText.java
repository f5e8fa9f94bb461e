package ser.model.network;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Layers as text: what stands in recipes and in model files. */
final class LayerText {
  private static final Pattern CONVOLUTION = Pattern.compile("conv (\\d+) (\\d+)x(\\d+)( valid)?");
  private static final Pattern TIME_CONVOLUTION = Pattern.compile("conv-time (\\d+) (\\d+)");
  private static final Pattern MAX_POOL = Pattern.compile("max-pool (\\d+)x(\\d+)");
  private static final Pattern MAX_BLUR_POOL = Pattern.compile("max-blur-pool (\\d+)x(\\d+)");
  private static final Pattern ATTENTIVE_POOL = Pattern.compile("attentive-pool (\\d+)");
  private static final Pattern DROPOUT =
      Pattern.compile("dropout (0?\\.\\d+|\\d(?:\\.\\d+)?E-\\d{1,2})");
  private static final Pattern DENSE = Pattern.compile("dense (\\d+)");

  private static final List<String> FORMS =
      List.of(
          "conv FILTERS HEIGHTxWIDTH [valid]",
          "conv-time FILTERS FRAMES",
          "batch-norm",
          "relu",
          "max-pool HEIGHTxWIDTH",
          "max-blur-pool HEIGHTxWIDTH",
          "global-average-pool",
          "attentive-pool HIDDEN",
          "dropout SHARE",
          "dense UNITS");

  private LayerText() {}

  /**
   * @throws IllegalArgumentException naming the forms that exist, if it is none of them
   */
  static LayerSpec parse(String text) {
    String layer = text.strip().replaceAll("\\s+", " ");
    switch (layer) {
      case "batch-norm":
        return new LayerSpec.BatchNorm();
      case "relu":
        return new LayerSpec.Relu();
      case "global-average-pool":
        return new LayerSpec.GlobalAveragePool();
      default:
        return parseSized(layer);
    }
  }

  static String print(LayerSpec layer) {
    if (layer instanceof LayerSpec.Convolution convolution) {
      return "conv %d %dx%d%s"
          .formatted(
              convolution.filters(),
              convolution.height(),
              convolution.width(),
              convolution.valid() ? " valid" : "");
    } else if (layer instanceof LayerSpec.TimeConvolution convolution) {
      return "conv-time %d %d".formatted(convolution.filters(), convolution.frames());
    } else if (layer instanceof LayerSpec.AttentivePool pool) {
      return "attentive-pool %d".formatted(pool.hidden());
    } else if (layer instanceof LayerSpec.MaxPool pool) {
      return "max-pool %dx%d".formatted(pool.height(), pool.width());
    } else if (layer instanceof LayerSpec.MaxBlurPool pool) {
      return "max-blur-pool %dx%d".formatted(pool.height(), pool.width());
    } else if (layer instanceof LayerSpec.Dropout dropout) {
      // Small shares without the exponent that Java gives them: older programs do not read it.
      String lost = Double.toString(dropout.lost());
      return "dropout "
          + (lost.contains("E") ? new BigDecimal(lost).stripTrailingZeros().toPlainString() : lost);
    } else if (layer instanceof LayerSpec.Dense dense) {
      return "dense %d".formatted(dense.units());
    } else if (layer instanceof LayerSpec.BatchNorm) {
      return "batch-norm";
    } else if (layer instanceof LayerSpec.Relu) {
      return "relu";
    }
    return "global-average-pool";
  }

  private static LayerSpec parseSized(String layer) {
    Matcher convolution = CONVOLUTION.matcher(layer);
    if (convolution.matches()) {
      return new LayerSpec.Convolution(
          number(convolution, 1),
          number(convolution, 2),
          number(convolution, 3),
          convolution.group(4) != null);
    }
    Matcher timeConvolution = TIME_CONVOLUTION.matcher(layer);
    if (timeConvolution.matches()) {
      return new LayerSpec.TimeConvolution(number(timeConvolution, 1), number(timeConvolution, 2));
    }
    Matcher attentivePool = ATTENTIVE_POOL.matcher(layer);
    if (attentivePool.matches()) {
      return new LayerSpec.AttentivePool(number(attentivePool, 1));
    }
    Matcher maxPool = MAX_POOL.matcher(layer);
    if (maxPool.matches()) {
      return new LayerSpec.MaxPool(number(maxPool, 1), number(maxPool, 2));
    }
    Matcher maxBlurPool = MAX_BLUR_POOL.matcher(layer);
    if (maxBlurPool.matches()) {
      return new LayerSpec.MaxBlurPool(number(maxBlurPool, 1), number(maxBlurPool, 2));
    }
    Matcher dropout = DROPOUT.matcher(layer);
    if (dropout.matches()) {
      return new LayerSpec.Dropout(Double.parseDouble(dropout.group(1)));
    }
    Matcher dense = DENSE.matcher(layer);
    if (dense.matches()) {
      return new LayerSpec.Dense(number(dense, 1));
    }
    throw new IllegalArgumentException(
        "No layer is written '%s'; there are %s".formatted(layer, String.join(", ", FORMS)));
  }

  private static int number(Matcher matcher, int group) {
    try {
      return new BigDecimal(matcher.group(group)).intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "layer '%s' has a number that is too large: %s"
              .formatted(matcher.group(), matcher.group(group)),
          e);
    }
  }
}
