package ser.jobs.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.factories.SerializerFactory;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.nd4j.common.primitives.AtomicDouble;
import org.nd4j.kryo.primitives.AtomicDoubleSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@code org.nd4j.kryo.Nd4jRegistrator} does (Kryo alone loses arrays that live off the heap),
 * with two differences. It does not load ND4J's natives in processes that never meet an array,
 * which takes seconds; and our own classes travel as Java writes them, because Kryo 4 cannot reach
 * the fields of records, nor fill immutable lists.
 */
public final class SerKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.setDefaultSerializer(new ByOrigin());
    kryo.register(AtomicDouble.class, new AtomicDoubleSerializer());
  }

  private static final class ByOrigin implements SerializerFactory {
    @Override
    @SuppressWarnings("rawtypes") // As Kryo declares it.
    public Serializer makeSerializer(Kryo kryo, Class<?> type) {
      if (INDArray.class.isAssignableFrom(type)) {
        return new FloatArraySerializer();
      }
      return type.isRecord() || type.getName().startsWith("ser.")
          ? new JavaSerializer()
          : new FieldSerializer<>(kryo, type);
    }
  }
}
