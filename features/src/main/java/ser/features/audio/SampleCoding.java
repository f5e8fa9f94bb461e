package ser.features.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How one uncompressed sample is stored.
 *
 * @param codec the name that ffmpeg uses
 * @param bytesPerSample 1 to 8
 * @param decoder turns stored samples into fractions of full scale, exactly: integer / full scale
 */
record SampleCoding(String codec, int bytesPerSample, Decoder decoder) {

  /** Turns the first {@code count} samples of {@code bytes} into {@code samples}. */
  @FunctionalInterface
  interface Decoder {
    void decode(byte[] bytes, float[] samples, int count) throws UnreadableAudioException;
  }

  // Constants of the class: a VarHandle that is anything else costs 5 ns a sample. Hence one order,
  // and the other one by turning bytes round.
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final float SCALE_8 = 1f / (1 << 7);
  private static final float SCALE_16 = 1f / (1 << 15);
  private static final float SCALE_24 = 1f / (1 << 23);
  private static final float SCALE_32 = 1f / (1L << 31);

  /** Whether samples are stored as integers, A-law and mu-law included. */
  boolean isInteger() {
    return !codec.startsWith("pcm_f");
  }

  /** Whether any bytes at all are good samples: floats may be no numbers, padding may be none. */
  boolean isTotal() {
    return isInteger() && !(decoder instanceof PaddedDecoder);
  }

  static SampleCoding unsigned8() {
    return new SampleCoding(
        "pcm_u8",
        1,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = ((bytes[i] & 0xFF) - 128) * SCALE_8;
          }
        });
  }

  static SampleCoding signed8() {
    return new SampleCoding(
        "pcm_s8",
        1,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = bytes[i] * SCALE_8;
          }
        });
  }

  /**
   * Signed integers of 2, 3 or 4 bytes. Fewer valid bits than that stand in the upper ones, so they
   * need no care.
   */
  static SampleCoding signed(int bytesPerSample, ByteOrder order) {
    String codec = "pcm_s%d%s".formatted(8 * bytesPerSample, suffix(order));
    return switch (bytesPerSample) {
      case 2 -> new SampleCoding(codec, 2, signed16(order));
      case 3 -> new SampleCoding(codec, 3, signed24(order));
      case 4 -> new SampleCoding(codec, 4, signed32(order));
      default ->
          throw new IllegalArgumentException("no coding of %d bytes".formatted(bytesPerSample));
    };
  }

  /**
   * Signed samples of {@code validBits} in a 4-byte container that has room for at least one byte
   * more. The specification puts them into the upper bits; some writers put them into the lower
   * ones, which nothing in the header tells. Bits that should be 0 and are not give them away.
   */
  static SampleCoding paddedTo32(int validBits, ByteOrder order) {
    SampleCoding whole = signed(4, order);
    boolean turned = order == ByteOrder.BIG_ENDIAN;
    return new SampleCoding(
        whole.codec(), 4, new PaddedDecoder(whole.decoder(), validBits, turned));
  }

  static SampleCoding float32(ByteOrder order) {
    boolean turned = order == ByteOrder.BIG_ENDIAN;
    return new SampleCoding(
        "pcm_f32" + suffix(order),
        4,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = Float.intBitsToFloat(intAt(bytes, 4 * i, turned));
          }
        });
  }

  static SampleCoding float64(ByteOrder order) {
    boolean turned = order == ByteOrder.BIG_ENDIAN;
    return new SampleCoding(
        "pcm_f64" + suffix(order),
        8,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            long bits = (long) LONGS.get(bytes, 8 * i);
            samples[i] = (float) Double.longBitsToDouble(turned ? Long.reverseBytes(bits) : bits);
          }
        });
  }

  static SampleCoding muLaw() {
    return byTable("pcm_mulaw", G711.muLaw());
  }

  static SampleCoding aLaw() {
    return byTable("pcm_alaw", G711.aLaw());
  }

  private static SampleCoding byTable(String codec, short[] table) {
    return new SampleCoding(
        codec,
        1,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = table[bytes[i] & 0xFF] * SCALE_16;
          }
        });
  }

  private static Decoder signed16(ByteOrder order) {
    boolean turned = order == ByteOrder.BIG_ENDIAN;
    return (bytes, samples, count) -> {
      for (int i = 0; i < count; i++) {
        short value = (short) SHORTS.get(bytes, 2 * i);
        samples[i] = (turned ? Short.reverseBytes(value) : value) * SCALE_16;
      }
    };
  }

  private static Decoder signed24(ByteOrder order) {
    int high = order == ByteOrder.BIG_ENDIAN ? 0 : 2;
    int low = 2 - high;
    return (bytes, samples, count) -> {
      for (int i = 0; i < count; i++) {
        int at = 3 * i;
        int value = bytes[at + high] << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + low] & 0xFF;
        samples[i] = value * SCALE_24;
      }
    };
  }

  private static Decoder signed32(ByteOrder order) {
    boolean turned = order == ByteOrder.BIG_ENDIAN;
    return (bytes, samples, count) -> {
      for (int i = 0; i < count; i++) {
        samples[i] = intAt(bytes, 4 * i, turned) * SCALE_32;
      }
    };
  }

  private static int intAt(byte[] bytes, int at, boolean turned) {
    int value = (int) INTS.get(bytes, at);
    return turned ? Integer.reverseBytes(value) : value;
  }

  private static String suffix(ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? "be" : "le";
  }

  /** Looks at the bits that should be 0. */
  private record PaddedDecoder(Decoder whole, int validBits, boolean turned) implements Decoder {
    @Override
    public void decode(byte[] bytes, float[] samples, int count) throws UnreadableAudioException {
      int padding = (1 << 32 - validBits) - 1;
      for (int i = 0; i < count; i++) {
        int value = intAt(bytes, 4 * i, turned);
        if ((value & padding) != 0) {
          throw new UnreadableAudioException(
              RejectionReason.INCONSISTENT_HEADER,
              "The header says %d valid bits in 32, in the upper ones; the sample 0x%08X has others."
                  .formatted(validBits, value));
        }
      }
      whole.decode(bytes, samples, count);
    }
  }
}
