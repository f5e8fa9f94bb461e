package ser.model.network.onednn;

import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * A window that moves over rows and columns of an image.
 *
 * @param kernelRows height of the window
 * @param kernelColumns width
 * @param strideRows step from window to window down
 * @param strideColumns step to the right
 * @param same true for as many windows as strides fit into the image, padded evenly, an odd row or
 *     column at the end; false for {@code paddingRows} and {@code paddingColumns} on both sides
 * @param paddingRows zeros above and below
 * @param paddingColumns zeros left and right
 */
record SlidingWindow(
    long kernelRows,
    long kernelColumns,
    long strideRows,
    long strideColumns,
    boolean same,
    long paddingRows,
    long paddingColumns) {

  static SlidingWindow of(int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
    return new SlidingWindow(
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        mode == ConvolutionMode.Same,
        padding[0],
        padding[1]);
  }

  /** What comes out of an image with this many channels afterwards. */
  ImageShape over(ImageShape image, long channels) {
    return new ImageShape(
        image.batch(),
        positions(image.rows(), kernelRows, strideRows, paddingRows),
        positions(image.columns(), kernelColumns, strideColumns, paddingColumns),
        channels);
  }

  /** Three rows and columns, moved by one. */
  boolean isThreeByThree() {
    return kernelRows == 3 && kernelColumns == 3 && strideRows == 1 && strideColumns == 1;
  }

  long[] kernel() {
    return new long[] {kernelRows, kernelColumns};
  }

  long[] strides() {
    return new long[] {strideRows, strideColumns};
  }

  /** Rows above and columns left of the image. */
  long[] before(ImageShape image) {
    return new long[] {
      before(image.rows(), kernelRows, strideRows, paddingRows),
      before(image.columns(), kernelColumns, strideColumns, paddingColumns)
    };
  }

  /** Rows below and columns right of the image; negative where the last of them are not used. */
  long[] after(ImageShape image) {
    return new long[] {
      after(image.rows(), kernelRows, strideRows, paddingRows),
      after(image.columns(), kernelColumns, strideColumns, paddingColumns)
    };
  }

  private long positions(long size, long kernel, long stride, long padding) {
    return same ? (size + stride - 1) / stride : (size + 2 * padding - kernel) / stride + 1;
  }

  private long before(long size, long kernel, long stride, long padding) {
    return same
        ? Math.max(0, (positions(size, kernel, stride, padding) - 1) * stride + kernel - size) / 2
        : padding;
  }

  private long after(long size, long kernel, long stride, long padding) {
    long covered = (positions(size, kernel, stride, padding) - 1) * stride + kernel;
    return covered - size - before(size, kernel, stride, padding);
  }
}
