package ser.model.file;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file: named float32 tensors and a map of strings.
 *
 * <p>Format (https://github.com/huggingface/safetensors, "Format"): 8 bytes, the header's length as
 * an unsigned little-endian integer; the header, a JSON object of {@code name: {dtype, shape,
 * data_offsets}} and {@code __metadata__}, padded with spaces; the values, little-endian, without
 * gaps. Only dtype F32 is known here.
 *
 * @param metadata strings by name, in alphabetical order
 * @param tensors by name, in alphabetical order, which is also their order in the file; no tensor
 *     is called {@code __metadata__}
 */
public record Safetensors(SortedMap<String, String> metadata, SortedMap<String, Tensor> tensors) {
  static final String METADATA = "__metadata__";
  static final String DTYPE = "F32";

  /** Bytes before the header. */
  static final int LENGTH_BYTES = 8;

  /** The header's length is a multiple of this, so that the values are aligned. */
  static final int ALIGNMENT = 8;

  /** The longest header that the format allows. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  public Safetensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("a tensor must not be called '%s'".formatted(METADATA));
    }
  }

  /** From maps in any order. */
  public static Safetensors of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    return new Safetensors(new TreeMap<>(metadata), new TreeMap<>(tensors));
  }

  /**
   * Reads a whole file. Whatever the bytes claim, no more memory is asked for than a small multiple
   * of their number.
   *
   * @throws ModelFileException if they are no safetensors file of float32 tensors; the message says
   *     what is wrong where
   */
  public static Safetensors read(byte[] bytes) throws ModelFileException {
    return new SafetensorsReader(bytes).read();
  }

  /**
   * The file. Equal contents give equal bytes.
   *
   * @throws IllegalArgumentException if the file would be larger than 2 GB
   */
  public byte[] toBytes() {
    return SafetensorsWriter.write(this);
  }
}
