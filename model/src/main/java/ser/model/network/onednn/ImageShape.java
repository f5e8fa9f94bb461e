package ser.model.network.onednn;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Size of a batch of images in NHWC order.
 *
 * @param batch images
 * @param rows height
 * @param columns width
 * @param channels values per pixel
 */
record ImageShape(long batch, long rows, long columns, long channels) {

  /** Of an array [batch][rows][columns][channels]. */
  static ImageShape of(INDArray images) {
    return new ImageShape(images.size(0), images.size(1), images.size(2), images.size(3));
  }

  /** Shape of the array. */
  long[] toArray() {
    return new long[] {batch, rows, columns, channels};
  }

  /** How oneDNN sees the array: its dimensions are always named NCHW, the tag says how they lie. */
  memory.desc described() {
    return new memory.desc(
        new long[] {batch, channels, rows, columns}, memory.data_type.f32, memory.format_tag.nhwc);
  }

  /** The same values in the order that a primitive likes best. */
  memory.desc inAnyOrder() {
    return new memory.desc(
        new long[] {batch, channels, rows, columns}, memory.data_type.f32, memory.format_tag.any);
  }
}
