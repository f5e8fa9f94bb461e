package ser.model.network.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.pointers.PagedPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An argument of a primitive as the primitive asks for it. Where the array lies so, the primitive
 * works on the array itself; else on a copy, which is gone when the layer is done.
 */
final class OrderedArray {
  /** What Winograd's kernels load and store at once; they end the process at other addresses. */
  private static final int ALIGNMENT = 64;

  private final memory plain;
  private final memory ordered;
  private final boolean copied;
  private final long copyFloats;
  private final stream order = new stream(OneDnn.cpu());
  private reorder toOrdered;
  private reorder toPlain;

  /** Where the copy lies: without a workspace it would be collected while it is in use. */
  private INDArray room;

  /** Gives memory that a layer needs for one call. */
  @FunctionalInterface
  interface Scratch {
    /** An array of so many floats, of any content. */
    INDArray floats(long count);
  }

  private OrderedArray(memory.desc plain, memory.desc asked, boolean copied) {
    this.plain = new memory(plain, OneDnn.cpu(), new Pointer());
    this.copied = copied;
    this.ordered = copied ? new memory(asked, OneDnn.cpu(), new Pointer()) : this.plain;
    this.copyFloats = asked.get_size() / Float.BYTES;
  }

  /**
   * @param plain how the array lies
   * @param asked how the primitive wants it
   */
  static OrderedArray of(memory.desc plain, memory.desc asked) {
    return new OrderedArray(plain, asked, !plain.equals(asked));
  }

  /** One whose order is never asked for, but whose address may be. */
  static OrderedArray aligned(memory.desc plain) {
    return new OrderedArray(plain, plain, true);
  }

  /** What the primitive is given. */
  memory memory() {
    return ordered;
  }

  /** Before the primitive reads it. */
  void from(INDArray values, Scratch scratch) {
    into(values, scratch);
    if (copied) {
      if (toOrdered == null) {
        toOrdered = new reorder(plain, ordered);
      }
      toOrdered.execute(order, plain, ordered);
      order._wait();
    }
  }

  /** Before the primitive writes it; {@link #written} must follow. */
  void into(INDArray values, Scratch scratch) {
    plain.set_data_handle(values.data().addressPointer());
    if (copied) {
      room = scratch.floats(copyFloats + ALIGNMENT / Float.BYTES);
      long past = room.data().address() + ALIGNMENT - 1;
      ordered.set_data_handle(new PagedPointer(past / ALIGNMENT * ALIGNMENT));
    }
  }

  /** After the primitive has written it: it then stands in the array of {@link #into}. */
  void written() {
    if (copied) {
      if (toPlain == null) {
        toPlain = new reorder(ordered, plain);
      }
      toPlain.execute(order, ordered, plain);
      order._wait();
    }
  }
}
