package ser.model.network.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One primitive with its arguments, made once and run many times. Arrays are bound anew for each
 * run, since workspaces move them; nothing is copied.
 */
final class Call {
  private final primitive operation;
  private final stream order;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final Map<Integer, memory> arrays = new HashMap<>();

  Call(primitive operation) {
    this.operation = operation;
    this.order = new stream(OneDnn.cpu());
  }

  /** Declares an argument that is an array of ND4J. */
  Call array(int argument, memory.desc described) {
    memory unbound = new memory(described, OneDnn.cpu(), new Pointer());
    arrays.put(argument, unbound);
    return memory(argument, unbound);
  }

  /** Declares an argument that oneDNN owns. */
  Call memory(int argument, memory owned) {
    arguments.put(argument, owned);
    return this;
  }

  /**
   * Says where an array lies for the next run.
   *
   * @param values 32-bit floats without gaps in 'c' order
   */
  Call bind(int argument, INDArray values) {
    arrays.get(argument).set_data_handle(values.data().addressPointer());
    return this;
  }

  void run() {
    operation.execute(order, arguments);
    order._wait();
  }
}
