package ser.model.network.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.pointers.PagedPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a primitive needs beside its arrays, for one call of a layer: copies in another order, room
 * for what it works out on the way. It lies in memory that DL4J hands out and takes back.
 *
 * <p>oneDNN's own would do too, but it keeps room for each thread that has ever made a primitive,
 * as large as any of them asked for, and does not let go of it when the thread ends.
 */
final class ScratchMemory {
  /** What Winograd's kernels load and store at once; they end the process at other addresses. */
  private static final int ALIGNMENT = 64;

  private final memory placed;
  private final long floats;

  /** Where it lies: without a workspace it would be collected while it is in use. */
  private INDArray room;

  /** Gives memory that a layer needs for one call. */
  @FunctionalInterface
  interface Scratch {
    /** An array of so many floats, of any content. */
    INDArray floats(long count);
  }

  ScratchMemory(memory.desc described) {
    this.placed = new memory(described, OneDnn.cpu(), new Pointer());
    this.floats = (described.get_size() + Float.BYTES - 1) / Float.BYTES;
  }

  /** What the primitive is given. */
  memory memory() {
    return placed;
  }

  /** Before a call that needs it. */
  void placeIn(Scratch scratch) {
    if (floats > 0) {
      room = scratch.floats(floats + ALIGNMENT / Float.BYTES);
      long past = room.data().address() + ALIGNMENT - 1;
      placed.set_data_handle(new PagedPointer(past / ALIGNMENT * ALIGNMENT));
    }
  }
}
