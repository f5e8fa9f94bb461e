package ser.jobs.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.nd4j.kryo.Nd4jSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.array.FloatBlock;

/**
 * Arrays of ND4J between processes. Weights and the optimiser's state travel once per averaging;
 * ND4J's own serializer writes them value by value through three streams, which took longer than
 * the averaging. Arrays of other kinds than 32-bit floats still go its way.
 */
final class FloatArraySerializer extends Serializer<INDArray> {
  private final Nd4jSerializer others = new Nd4jSerializer();

  @Override
  public void write(Kryo kryo, Output output, INDArray array) {
    boolean floats = array.dataType() == DataType.FLOAT && !array.isEmpty();
    output.writeBoolean(floats);
    if (floats) {
      output.writeInt(array.rank());
      output.writeLongs(array.shape());
      output.writeFloats(FloatBlock.values(array));
    } else {
      others.write(kryo, output, array);
    }
  }

  @Override
  public INDArray read(Kryo kryo, Input input, Class<INDArray> type) {
    if (!input.readBoolean()) {
      return others.read(kryo, input, type);
    }
    long[] shape = input.readLongs(input.readInt());
    int length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, Math.toIntExact(size));
    }
    return FloatBlock.of(input.readFloats(length), shape);
  }
}
