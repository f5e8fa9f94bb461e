package ser.features.audio;

import java.io.IOException;
import ser.features.audio.FlacFrameHeader.Stereo;

/** The samples of one frame; the arrays are used again for the next. */
final class FlacFrame {
  /** From here on, left and right no longer fit 32 bits on the way from mid and side. */
  private static final int WIDE_BITS = 31;

  private final FlacBits bits;
  private final FlacSubframe subframe;
  private int[][] channels = new int[0][];
  private long[] wideSide = new long[0];

  FlacFrame(FlacBits bits) {
    this.bits = bits;
    this.subframe = new FlacSubframe(bits);
  }

  /** Samples as integers, [channel][sample]; valid up to the block size. */
  int[][] channels() {
    return channels;
  }

  /**
   * Decodes what stands behind {@code header} and compares the checksum.
   *
   * @param bitsPerSample of the header or, where it leaves them open, of STREAMINFO
   */
  void decode(FlacFrameHeader header, int bitsPerSample)
      throws IOException, UnreadableAudioException {
    int count = header.blockSize();
    makeRoom(header.channels(), count);
    boolean wide = header.stereo() != Stereo.INDEPENDENT && bitsPerSample >= WIDE_BITS;
    int side = sideChannel(header.stereo());
    for (int c = 0; c < header.channels(); c++) {
      if (c != side) {
        subframe.decode(bitsPerSample, channels[c], count);
      } else if (wide) {
        wideSide = wideSide.length < count ? new long[count] : wideSide;
        subframe.decodeWide(bitsPerSample + 1, wideSide, count);
      } else {
        subframe.decode(bitsPerSample + 1, channels[c], count);
      }
    }
    requireChecksum();
    if (wide) {
      separateWide(header.stereo(), count);
    } else {
      separate(header.stereo(), count);
    }
  }

  private void makeRoom(int channelCount, int count) {
    if (channels.length != channelCount || channels[0].length < count) {
      channels = new int[channelCount][count];
    }
  }

  private void requireChecksum() throws IOException, UnreadableAudioException {
    bits.alignToByte();
    int expected = bits.checksum();
    long found = bits.readUnsigned(16);
    if (expected != found) {
      throw new UnreadableAudioException(
          RejectionReason.CORRUPT_FRAME,
          "The frame before byte %d has checksum %04X, not %04X."
              .formatted(bits.position(), found, expected));
    }
  }

  private static int sideChannel(Stereo stereo) {
    return switch (stereo) {
      case INDEPENDENT -> -1;
      case SIDE_RIGHT -> 0;
      case LEFT_SIDE, MID_SIDE -> 1;
    };
  }

  private void separate(Stereo stereo, int count) {
    if (stereo == Stereo.INDEPENDENT) {
      return;
    }
    int[] first = channels[0];
    int[] second = channels[1];
    switch (stereo) {
      case LEFT_SIDE -> {
        for (int i = 0; i < count; i++) {
          second[i] = first[i] - second[i];
        }
      }
      case SIDE_RIGHT -> {
        for (int i = 0; i < count; i++) {
          first[i] += second[i];
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          int side = second[i];
          int twiceMid = first[i] << 1 | side & 1;
          first[i] = twiceMid + side >> 1;
          second[i] = twiceMid - side >> 1;
        }
      }
    }
  }

  private void separateWide(Stereo stereo, int count) {
    int[] first = channels[0];
    int[] second = channels[1];
    for (int i = 0; i < count; i++) {
      long side = wideSide[i];
      switch (stereo) {
        case LEFT_SIDE -> second[i] = (int) (first[i] - side);
        case SIDE_RIGHT -> first[i] = (int) (side + second[i]);
        default -> {
          long twiceMid = (long) first[i] << 1 | side & 1;
          first[i] = (int) (twiceMid + side >> 1);
          second[i] = (int) (twiceMid - side >> 1);
        }
      }
    }
  }
}
