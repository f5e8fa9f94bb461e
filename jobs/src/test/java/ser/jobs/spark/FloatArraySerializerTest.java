package ser.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FloatArraySerializerTest {
  private final Kryo kryo = new Kryo();

  FloatArraySerializerTest() {
    new SerKryoRegistrator().registerClasses(kryo);
  }

  @Test
  void givenArraysOfManyKinds_whenTheyTravel_thenTheyArriveAsTheyWere() {
    INDArray table = Nd4j.rand(DataType.FLOAT, 3, 4);
    for (INDArray array :
        List.of(
            table,
            table.getRow(1),
            table.getColumn(2),
            table.dup('f'),
            Nd4j.scalar(3.5f),
            Nd4j.rand(DataType.FLOAT, 1, 100_000),
            Nd4j.rand(DataType.FLOAT, 2, 3, 4, 5),
            Nd4j.rand(DataType.DOUBLE, 3, 4),
            Nd4j.createFromArray(1, 2, 3))) {
      INDArray arrived = travelled(array);

      assertThat(arrived).isEqualTo(array);
      assertThat(arrived.shape()).isEqualTo(array.shape());
      assertThat(arrived.dataType()).isEqualTo(array.dataType());
    }
  }

  private INDArray travelled(INDArray array) {
    Output output = new Output(1024, -1);
    kryo.writeClassAndObject(output, array);
    return (INDArray) kryo.readClassAndObject(new Input(output.toBytes()));
  }
}
