package ser.model.network.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.network.onednn.ScratchMemory.Scratch;

/**
 * An argument of a primitive as the primitive asks for it. Where the array lies so, the primitive
 * works on the array itself; else on a copy, which is gone when the layer is done.
 */
final class OrderedArray {
  private final memory plain;
  private final Optional<ScratchMemory> copy;
  private final stream order = new stream(OneDnn.cpu());
  private reorder toCopy;
  private reorder toPlain;

  private OrderedArray(memory.desc plain, Optional<ScratchMemory> copy) {
    this.plain = new memory(plain, OneDnn.cpu(), new Pointer());
    this.copy = copy;
  }

  /**
   * @param plain how the array lies
   * @param asked how the primitive wants it
   */
  static OrderedArray of(memory.desc plain, memory.desc asked) {
    return new OrderedArray(
        plain, plain.equals(asked) ? Optional.empty() : Optional.of(new ScratchMemory(asked)));
  }

  /** One whose order is never asked for, but whose address may be. */
  static OrderedArray aligned(memory.desc plain) {
    return new OrderedArray(plain, Optional.of(new ScratchMemory(plain)));
  }

  /** What the primitive is given. */
  memory memory() {
    return copy.map(ScratchMemory::memory).orElse(plain);
  }

  /** Before the primitive reads it. */
  void from(INDArray values, Scratch scratch) {
    into(values, scratch);
    if (copy.isPresent()) {
      if (toCopy == null) {
        toCopy = new reorder(plain, memory());
      }
      toCopy.execute(order, plain, memory());
      order._wait();
    }
  }

  /** Before the primitive writes it; {@link #written} must follow. */
  void into(INDArray values, Scratch scratch) {
    plain.set_data_handle(values.data().addressPointer());
    copy.ifPresent(memory -> memory.placeIn(scratch));
  }

  /** After the primitive has written it: it then stands in the array of {@link #into}. */
  void written() {
    if (copy.isPresent()) {
      if (toPlain == null) {
        toPlain = new reorder(memory(), plain);
      }
      toPlain.execute(order, memory(), plain);
      order._wait();
    }
  }
}
