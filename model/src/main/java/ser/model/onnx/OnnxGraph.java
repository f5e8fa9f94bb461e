package ser.model.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph in the making. Each node has one output, which is called by the node's name. */
final class OnnxGraph {
  /** The first one that every kept runtime since 2022 reads; nothing here needs a later one. */
  private static final int OPSET = 17;

  /** The version of the file format that came with that set of operators. */
  private static final int IR_VERSION = 8;

  /** Name of the dimension that counts windows, of which any number may be given. */
  private static final String BATCH = "N";

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * @param lengths of all dimensions but the first, which is the batch
   */
  void input(String name, int... lengths) {
    graph.addInput(batchOf(name, lengths));
  }

  /** As {@link #input}. */
  void output(String name, int... lengths) {
    graph.addOutput(batchOf(name, lengths));
  }

  /**
   * A tensor of the model.
   *
   * @param values row-major
   * @return its name
   */
  String constant(String name, int[] shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (int length : shape) {
      tensor.addDims(length);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** A list of whole numbers, which some operators take a shape by. */
  String constant(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /**
   * @param inputs names of tensors or nodes
   * @return the node's name, and its output's
   */
  String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes)));
    return name;
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attributes(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /**
   * @param metadata goes into the file as it is
   */
  byte[] toBytes(Map<String, String> metadata) {
    List<StringStringEntryProto> entries = new ArrayList<>();
    metadata.forEach(
        (key, value) ->
            entries.add(StringStringEntryProto.newBuilder().setKey(key).setValue(value).build()));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("ser")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .addAllMetadataProps(entries)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto batchOf(String name, int... lengths) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    for (int length : lengths) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
