package ser.features.audio;

import java.io.IOException;
import java.util.Arrays;

/** Decodes one channel of one frame (RFC 9639, section 9.2). */
final class FlacSubframe {
  private static final int CONSTANT = 0;
  private static final int VERBATIM = 1;
  private static final int FIRST_FIXED = 8;
  private static final int LAST_FIXED = 12;
  private static final int FIRST_LPC = 32;

  /** Samples of which residuals are read and then predicted. */
  private static final int TURN = 128;

  private final FlacBits bits;
  private final FlacPredictor predictor = new FlacPredictor();
  private int type;
  private int wastedBits;

  FlacSubframe(FlacBits bits) {
    this.bits = bits;
  }

  /**
   * @param bitsPerSample at most 32
   * @param samples receives {@code count} samples
   */
  void decode(int bitsPerSample, int[] samples, int count)
      throws IOException, UnreadableAudioException {
    int stored = readHeader(bitsPerSample);
    if (type == CONSTANT) {
      Arrays.fill(samples, 0, count, (int) bits.readSigned(stored));
    } else if (type == VERBATIM) {
      readRaw(samples, 0, count, stored);
    } else {
      int order = order(count);
      readRaw(samples, 0, order, stored);
      readPredictor(order);
      predictor.expect(stored);
      readPredicted(samples, order, count);
    }
    if (wastedBits > 0) {
      for (int i = 0; i < count; i++) {
        samples[i] <<= wastedBits;
      }
    }
  }

  /** As {@link #decode}, for the side channel of 32-bit stereo, which has 33 bits. */
  void decodeWide(int bitsPerSample, long[] samples, int count)
      throws IOException, UnreadableAudioException {
    int stored = readHeader(bitsPerSample);
    if (type == CONSTANT) {
      Arrays.fill(samples, 0, count, bits.readSigned(stored));
    } else if (type == VERBATIM) {
      readRaw(samples, 0, count, stored);
    } else {
      int order = order(count);
      readRaw(samples, 0, order, stored);
      readPredictor(order);
      int[] residuals = new int[count];
      readResiduals(
          order,
          count,
          (from, to, parameter) -> bits.readRice(residuals, from, to, parameter),
          (from, to, width) -> readRaw(residuals, from, to, width));
      for (int i = order; i < count; i++) {
        samples[i] = residuals[i];
      }
      predictor.restoreWide(samples, count);
    }
    for (int i = 0; i < count; i++) {
      samples[i] <<= wastedBits;
    }
  }

  /** Returns the bits that are stored of each sample. */
  private int readHeader(int bitsPerSample) throws IOException, UnreadableAudioException {
    int header = (int) bits.readUnsigned(8);
    type = header >> 1;
    boolean fixed = type >= FIRST_FIXED && type <= LAST_FIXED;
    if (type != CONSTANT && type != VERBATIM && !fixed && type < FIRST_LPC || header > 0x7F) {
      throw corrupt("The subframe header before byte %d is %02X.", bits.position(), header);
    }
    wastedBits = (header & 1) == 0 ? 0 : (int) bits.readUnary(bitsPerSample) + 1;
    if (wastedBits >= bitsPerSample) {
      throw corrupt(
          "The subframe before byte %d wastes %d of %d bits.",
          bits.position(), wastedBits, bitsPerSample);
    }
    return bitsPerSample - wastedBits;
  }

  private int order(int count) throws UnreadableAudioException {
    int order = type >= FIRST_LPC ? type - FIRST_LPC + 1 : type - FIRST_FIXED;
    if (order > count) {
      throw corrupt(
          "The subframe before byte %d predicts from %d samples and has %d.",
          bits.position(), order, count);
    }
    return order;
  }

  private void readPredictor(int order) throws IOException, UnreadableAudioException {
    if (type < FIRST_LPC) {
      predictor.useFixed(order);
      return;
    }
    int precision = (int) bits.readUnsigned(4) + 1;
    int shift = (int) bits.readSigned(5);
    if (precision == 16 || shift < 0) {
      throw corrupt(
          "The predictor before byte %d has precision %d and shift %d.",
          bits.position(), precision, shift);
    }
    predictor.clear(order, shift);
    for (int i = 0; i < order; i++) {
      predictor.coefficient(i, (int) bits.readSigned(precision));
    }
  }

  private void readPredicted(int[] samples, int order, int count)
      throws IOException, UnreadableAudioException {
    readResiduals(
        order,
        count,
        (from, to, parameter) -> {
          // In turns: while the predictor waits for its own last sample, the processor already
          // reads
          // the next codes.
          for (int at = from; at < to; at += TURN) {
            int end = Math.min(to, at + TURN);
            bits.readRice(samples, at, end, parameter);
            predictor.restore(samples, at, end);
          }
        },
        (from, to, width) -> {
          readRaw(samples, from, to, width);
          predictor.restore(samples, from, to);
        });
  }

  /** What follows the residuals' parameter. */
  @FunctionalInterface
  private interface Partition {
    void read(int from, int to, int parameter) throws IOException, UnreadableAudioException;
  }

  private void readResiduals(int order, int count, Partition coded, Partition raw)
      throws IOException, UnreadableAudioException {
    int method = (int) bits.readUnsigned(2);
    int partitionOrder = (int) bits.readUnsigned(4);
    int partition = count >> partitionOrder;
    if (method > 1 || partition << partitionOrder != count || partition < order) {
      throw corrupt(
          "The residual before byte %d has method %d and 2^%d partitions of %d samples.",
          bits.position(), method, partitionOrder, count);
    }
    int parameterBits = method == 0 ? 4 : 5;
    int escape = (1 << parameterBits) - 1;
    int from = order;
    for (int to = partition; to <= count; to += partition) {
      int parameter = (int) bits.readUnsigned(parameterBits);
      if (parameter == escape) {
        raw.read(from, to, (int) bits.readUnsigned(5));
      } else {
        coded.read(from, to, parameter);
      }
      from = to;
    }
  }

  private void readRaw(int[] target, int from, int to, int width)
      throws IOException, UnreadableAudioException {
    for (int i = from; i < to; i++) {
      target[i] = (int) bits.readSigned(width);
    }
  }

  private void readRaw(long[] target, int from, int to, int width)
      throws IOException, UnreadableAudioException {
    for (int i = from; i < to; i++) {
      target[i] = bits.readSigned(width);
    }
  }

  private static UnreadableAudioException corrupt(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.CORRUPT_FRAME, detail.formatted(values));
  }
}
