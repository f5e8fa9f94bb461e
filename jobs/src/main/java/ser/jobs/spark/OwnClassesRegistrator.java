package ser.jobs.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.factories.SerializerFactory;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Lets Kryo carry our own classes as Java writes them: Kryo 4 cannot reach the fields of records,
 * nor fill immutable lists.
 */
public final class OwnClassesRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.setDefaultSerializer(new ByOrigin());
  }

  private static final class ByOrigin implements SerializerFactory {
    @Override
    @SuppressWarnings("rawtypes") // As Kryo declares it.
    public Serializer makeSerializer(Kryo kryo, Class<?> type) {
      return type.isRecord() || type.getName().startsWith("ser.")
          ? new JavaSerializer()
          : new FieldSerializer<>(kryo, type);
    }
  }
}
