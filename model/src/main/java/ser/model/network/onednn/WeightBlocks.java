package ser.model.network.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights in the order that a primitive asks for, beside those of the network. */
final class WeightBlocks {
  private final memory plain;
  private final memory blocks;
  private final stream order = new stream(OneDnn.cpu());
  private reorder toBlocks;
  private reorder toPlain;

  WeightBlocks(memory.desc plain, memory.desc blocks) {
    this.plain = new memory(plain, OneDnn.cpu(), new Pointer());
    this.blocks = new memory(blocks, OneDnn.cpu());
  }

  memory blocks() {
    return blocks;
  }

  /** Takes them over from an array. */
  void from(INDArray weights) {
    plain.set_data_handle(weights.data().addressPointer());
    if (toBlocks == null) {
      toBlocks = new reorder(plain, blocks);
    }
    toBlocks.execute(order, plain, blocks);
    order._wait();
  }

  /** Writes them into an array. */
  void into(INDArray weights) {
    plain.set_data_handle(weights.data().addressPointer());
    if (toPlain == null) {
      toPlain = new reorder(blocks, plain);
    }
    toPlain.execute(order, blocks, plain);
    order._wait();
  }
}
