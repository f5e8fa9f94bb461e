package ser.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a safetensors file that may be anything: every claim of the header is checked against the
 * bytes that are there before anything is made from it.
 */
final class SafetensorsReader {
  private static final Set<String> TENSOR_KEYS = Set.of("dtype", "shape", "data_offsets");
  private static final int MAX_DIMENSIONS = 32;

  private final ByteBuffer bytes;

  SafetensorsReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  Safetensors read() throws ModelFileException {
    int headerLength = headerLength();
    JsonNode header = header(headerLength);
    int dataStart = Safetensors.LENGTH_BYTES + headerLength;
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(Safetensors.METADATA)) {
        metadata.putAll(metadata(field.getValue()));
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    requireNoGaps(entries, bytes.capacity() - dataStart);
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      tensors.put(entry.name, tensor(entry, dataStart));
    }
    return Safetensors.of(metadata, tensors);
  }

  private int headerLength() throws ModelFileException {
    if (bytes.capacity() < Safetensors.LENGTH_BYTES + 2) {
      throw new ModelFileException(
          "it has %d bytes, fewer than any safetensors file".formatted(bytes.capacity()));
    }
    long length = bytes.getLong(0);
    int available = bytes.capacity() - Safetensors.LENGTH_BYTES;
    if (length < 2 || length > Safetensors.MAX_HEADER_BYTES || length > available) {
      throw new ModelFileException(
          "its first 8 bytes announce a header of %s bytes, and %d bytes follow (a header has at most %d)"
              .formatted(Long.toUnsignedString(length), available, Safetensors.MAX_HEADER_BYTES));
    }
    return (int) length;
  }

  private JsonNode header(int length) throws ModelFileException {
    ByteBuffer slice = bytes.slice(Safetensors.LENGTH_BYTES, length);
    if (slice.get(0) != '{') {
      throw new ModelFileException("its header does not begin with '{' at byte 8");
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(slice);
      return StrictJson.object(text.toString());
    } catch (CharacterCodingException e) {
      throw new ModelFileException("its header is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new ModelFileException("its header is not a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> metadata(JsonNode node) throws ModelFileException {
    if (!node.isObject()) {
      throw new ModelFileException("its __metadata__ is not a JSON object");
    }
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new ModelFileException("__metadata__ '%s' is not a string".formatted(field.getKey()));
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private static Entry entry(String name, JsonNode node) throws ModelFileException {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    if (!node.isObject() || !keys.equals(TENSOR_KEYS)) {
      throw new ModelFileException(
          "tensor '%s' must have exactly dtype, shape, data_offsets, and has %s"
              .formatted(name, keys));
    }
    if (!Safetensors.DTYPE.equals(node.get("dtype").textValue())) {
      throw new ModelFileException(
          "tensor '%s' is of dtype %s, and only F32 is read".formatted(name, node.get("dtype")));
    }
    JsonNode offsets = node.get("data_offsets");
    if (!offsets.isArray() || offsets.size() != 2) {
      throw new ModelFileException(
          "data_offsets of tensor '%s' are not a pair of numbers".formatted(name));
    }
    int start = nonNegativeInt(name, "data_offsets", offsets.get(0));
    int end = nonNegativeInt(name, "data_offsets", offsets.get(1));
    int[] shape = shape(name, node.get("shape"));
    long size = sizeOf(name, shape);
    if (end - (long) start != size) {
      throw new ModelFileException(
          "tensor '%s' has %d bytes from offset %d to %d, and its shape %s needs %d"
              .formatted(name, end - (long) start, start, end, node.get("shape"), size));
    }
    return new Entry(name, shape, start, end);
  }

  private static int[] shape(String name, JsonNode node) throws ModelFileException {
    if (!node.isArray() || node.size() > MAX_DIMENSIONS) {
      throw new ModelFileException(
          "shape of tensor '%s' is not a list of at most %d numbers"
              .formatted(name, MAX_DIMENSIONS));
    }
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = nonNegativeInt(name, "shape", node.get(i));
    }
    return shape;
  }

  private static long sizeOf(String name, int[] shape) throws ModelFileException {
    long size = Float.BYTES;
    try {
      for (int length : shape) {
        size = Math.multiplyExact(size, length);
      }
    } catch (ArithmeticException e) {
      throw new ModelFileException("shape of tensor '%s' is too large".formatted(name), e);
    }
    return size;
  }

  private static int nonNegativeInt(String name, String key, JsonNode node)
      throws ModelFileException {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw new ModelFileException(
          "%s of tensor '%s' holds a value that is no whole number from 0 to %d"
              .formatted(key, name, Integer.MAX_VALUE));
    }
    return node.intValue();
  }

  private static void requireNoGaps(List<Entry> entries, int dataLength) throws ModelFileException {
    entries.sort(Comparator.comparingInt(Entry::start).thenComparingInt(Entry::end));
    int covered = 0;
    for (Entry entry : entries) {
      if (entry.start != covered) {
        throw new ModelFileException(
            "tensor '%s' starts at offset %d and the one before it ends at %d"
                .formatted(entry.name, entry.start, covered));
      }
      covered = entry.end;
    }
    if (covered != dataLength) {
      throw new ModelFileException(
          "its tensors need %d bytes after the header, and there are %d"
              .formatted(covered, dataLength));
    }
  }

  private Tensor tensor(Entry entry, int dataStart) {
    float[] values = new float[(entry.end - entry.start) / Float.BYTES];
    bytes
        .slice(dataStart + entry.start, entry.end - entry.start)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Tensor(entry.shape, values);
  }

  /** A tensor as the header announces it; offsets count from the end of the header. */
  private record Entry(String name, int[] shape, int start, int end) {}
}
