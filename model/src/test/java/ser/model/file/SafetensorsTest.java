package ser.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final Tensor TWO = new Tensor(new int[] {2}, new float[] {1, -2});

  @Test
  void givenOneTensor_whenWritten_thenBytesAreThoseOfTheFormat() {
    byte[] bytes = Safetensors.of(Map.of("k", "v"), Map.of("w", TWO)).toBytes();

    String header =
        "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    int padded = (header.length() + 7) / 8 * 8;
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded + 8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
    expected.put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
    expected.putFloat(1).putFloat(-2);
    assertThat(bytes).isEqualTo(expected.array());
  }

  @Test
  void givenTensorsOfEveryKindOfShape_whenReadBack_thenTheyAreEqual() throws ModelFileException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("scalar", new Tensor(new int[0], new float[] {3}));
    tensors.put("empty", new Tensor(new int[] {0, 4}, new float[0]));
    tensors.put("matrix", new Tensor(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, Float.NaN}));
    tensors.put("Umlaut ä \"quoted\"", TWO);

    Safetensors file = Safetensors.of(Map.of("ключ", "{\"a\":\n1}"), tensors);

    assertThat(Safetensors.read(file.toBytes())).isEqualTo(file);
  }

  @Test
  void givenMapsInAnyOrder_whenWritten_thenBytesAreTheSame() {
    Map<String, Tensor> one = new LinkedHashMap<>();
    one.put("a", TWO);
    one.put("b", new Tensor(new int[] {1}, new float[] {5}));
    Map<String, Tensor> other = new LinkedHashMap<>();
    other.put("b", one.get("b"));
    other.put("a", TWO);

    assertThat(Safetensors.of(Map.of(), one).toBytes())
        .isEqualTo(Safetensors.of(Map.of(), other).toBytes());
  }

  @Test
  void givenHeaderInAnotherOrderThanTheValues_whenRead_thenOffsetsDecide()
      throws ModelFileException {
    byte[] bytes =
        file(
            "{'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},"
                + "'a':{'data_offsets':[0,4],'shape':[],'dtype':'F32'}}",
            8);
    assertThat(Safetensors.read(bytes).tensors()).containsOnlyKeys("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | its header does not begin with '{'",
        "{'a' | its header is not a JSON object",
        "{} x | its header is not a JSON object",
        "{'a':1} | tensor 'a' must have exactly dtype, shape, data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | must have exactly",
        "{'a':{'dtype':'F16','shape':[4],'data_offsets':[0,8]}} | of dtype \"F16\", and only F32",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | its shape [3] needs 12",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | shape of tensor 'a' holds a value",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | shape of tensor 'a' holds",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | is not a list of at most 32",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,3],'data_offsets':[0,8]}} | is too large",
        "{'a':{'dtype':'F32','shape':[0,99999999999],'data_offsets':[0,0]}} | shape of tensor 'a'",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | need 16 bytes after the header, and there are 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | need 4 bytes after the header, and there are 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 'a' starts at offset 4 and the one before it ends at 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 'b' starts at offset 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | has -8 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | are not a pair",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | Duplicate field 'a'",
        "{'__metadata__':{'k':1}} | __metadata__ 'k' is not a string",
        "{'__metadata__':[]} | its __metadata__ is not a JSON object",
        "{'__metadata__':{'k':'1','k':'2'}} | Duplicate field 'k'",
      })
  void givenHeaderThatCannotBe_whenRead_thenErrorSaysWhatIsWrong(String header, String message) {
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> Safetensors.read(file(header, 8)))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000001", "17", "1", "0"})
  void givenHeaderLengthThatCannotBe_whenRead_thenRefused(long length) {
    byte[] bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> Safetensors.read(bytes))
        .withMessageContaining(
            "announce a header of %s bytes, and 16 bytes follow"
                .formatted(Long.toUnsignedString(length)));
  }

  @Test
  void givenTooFewBytes_whenRead_thenRefused() {
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> Safetensors.read(new byte[3]))
        .withMessage("it has 3 bytes, fewer than any safetensors file");
  }

  @Test
  void givenNameWithLineBreaks_whenRefused_thenMessageIsOneBoundedLine() {
    String name = "x\\n".repeat(5_000);
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> Safetensors.read(file("{'" + name + "':1}", 0)))
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThanOrEqualTo(1_000));
  }

  @Test
  void givenShapeThatDoesNotFit_whenMadeATensor_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tensor(new int[] {2, 2}, new float[3]))
        .withMessage("3 values do not make a tensor of shape [2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.of(Map.of(), Map.of("__metadata__", TWO)));
  }

  /** A file with that header ({@code '} for quotes) and so many bytes of values. */
  static byte[] file(String header, int dataLength) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
