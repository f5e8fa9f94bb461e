package ser.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Lays the header and the values of a safetensors file out, in alphabetical order. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static byte[] write(Safetensors file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode header = mapper.createObjectNode();
    if (!file.metadata().isEmpty()) {
      ObjectNode metadata = header.putObject(Safetensors.METADATA);
      file.metadata().forEach(metadata::put);
    }
    long end = 0;
    for (Map.Entry<String, Tensor> entry : file.tensors().entrySet()) {
      ObjectNode tensor = header.putObject(entry.getKey());
      tensor.put("dtype", Safetensors.DTYPE);
      ArrayNode shape = tensor.putArray("shape");
      Arrays.stream(entry.getValue().shape()).forEach(shape::add);
      long start = end;
      end += (long) Float.BYTES * entry.getValue().values().length;
      tensor.putArray("data_offsets").add(start).add(end);
    }
    byte[] json = bytesOf(mapper, header);
    int padding = Math.floorMod(-json.length, Safetensors.ALIGNMENT);
    long size = (long) Safetensors.LENGTH_BYTES + json.length + padding + end;
    if (json.length + padding > Safetensors.MAX_HEADER_BYTES || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a header of %d bytes and a file of %d bytes are too large: at most %d and %d"
              .formatted(json.length, size, Safetensors.MAX_HEADER_BYTES, Integer.MAX_VALUE - 8));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length + padding).put(json);
    for (int i = 0; i < padding; i++) {
      buffer.put((byte) ' ');
    }
    for (Tensor tensor : file.tensors().values()) {
      float[] values = tensor.values();
      buffer.asFloatBuffer().put(values);
      buffer.position(buffer.position() + Float.BYTES * values.length);
    }
    return buffer.array();
  }

  private static byte[] bytesOf(ObjectMapper mapper, ObjectNode header) {
    try {
      return mapper.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the header cannot be written as JSON", e);
    }
  }
}
