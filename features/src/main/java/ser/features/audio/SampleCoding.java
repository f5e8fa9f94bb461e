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

  private static final float SCALE_8 = 1f / (1 << 7);
  private static final float SCALE_16 = 1f / (1 << 15);
  private static final float SCALE_24 = 1f / (1 << 23);
  private static final float SCALE_32 = 1f / (1L << 31);

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
    VarHandle ints = MethodHandles.byteArrayViewVarHandle(int[].class, order);
    int padding = (1 << 32 - validBits) - 1;
    return new SampleCoding(
        whole.codec(),
        4,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            int value = (int) ints.get(bytes, 4 * i);
            if ((value & padding) != 0) {
              throw new UnreadableAudioException(
                  RejectionReason.INCONSISTENT_HEADER,
                  "The header says %d valid bits in 32, in the upper ones; the sample 0x%08X has others."
                      .formatted(validBits, value));
            }
          }
          whole.decoder().decode(bytes, samples, count);
        });
  }

  static SampleCoding float32(ByteOrder order) {
    VarHandle floats = MethodHandles.byteArrayViewVarHandle(float[].class, order);
    return new SampleCoding(
        "pcm_f32" + suffix(order),
        4,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = (float) floats.get(bytes, 4 * i);
          }
        });
  }

  static SampleCoding float64(ByteOrder order) {
    VarHandle doubles = MethodHandles.byteArrayViewVarHandle(double[].class, order);
    return new SampleCoding(
        "pcm_f64" + suffix(order),
        8,
        (bytes, samples, count) -> {
          for (int i = 0; i < count; i++) {
            samples[i] = (float) (double) doubles.get(bytes, 8 * i);
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
    VarHandle shorts = MethodHandles.byteArrayViewVarHandle(short[].class, order);
    return (bytes, samples, count) -> {
      for (int i = 0; i < count; i++) {
        samples[i] = (short) shorts.get(bytes, 2 * i) * SCALE_16;
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
    VarHandle ints = MethodHandles.byteArrayViewVarHandle(int[].class, order);
    return (bytes, samples, count) -> {
      for (int i = 0; i < count; i++) {
        samples[i] = (int) ints.get(bytes, 4 * i) * SCALE_32;
      }
    };
  }

  private static String suffix(ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? "be" : "le";
  }
}
