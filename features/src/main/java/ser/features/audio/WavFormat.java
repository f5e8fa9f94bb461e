package ser.features.audio;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the {@code fmt } chunk of a WAV file says.
 *
 * <p>Layout: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" and
 * WAVEFORMATEXTENSIBLE. The byte rate is ignored: it follows from the rest, and many writers get it
 * wrong.
 *
 * @param sampleRateHz as the file says, up to 2^31 - 1
 * @param channels 1 to {@link #MAX_CHANNELS}
 * @param tag which codec
 * @param coding of uncompressed samples; empty for {@link #TAG_GSM} and {@link #TAG_MP3}
 */
record WavFormat(int sampleRateHz, int channels, int tag, Optional<SampleCoding> coding) {
  /** More than any microphone array records; a header with more is garbage. */
  static final int MAX_CHANNELS = 256;

  /** The part of the chunk that is looked at. */
  static final int EXTENSIBLE_BYTES = 40;

  static final int TAG_GSM = 0x31;
  static final int TAG_MP3 = 0x55;

  private static final int PLAIN_BYTES = 16;
  private static final int TAG_PCM = 1;
  private static final int TAG_FLOAT = 3;
  private static final int TAG_A_LAW = 6;
  private static final int TAG_MU_LAW = 7;
  private static final int TAG_EXTENSIBLE = 0xFFFE;
  private static final String GUID_TAIL = "\u0080\u0000\u0000\u00AA\u0000\u0038\u009B\u0071";

  /**
   * @param chunk the first {@link #EXTENSIBLE_BYTES} of the chunk's content, fewer if it is shorter
   */
  static WavFormat parse(byte[] chunk, ByteOrder order) throws UnreadableAudioException {
    Bytes fields = Bytes.in(order, chunk);
    if (fields.length() < PLAIN_BYTES) {
      throw badHeader("the fmt chunk has %d bytes, it needs 16", fields.length());
    }
    int channels = fields.u16(2);
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw badHeader("the fmt chunk says %d channels", channels);
    }
    long rate = fields.u32(4);
    if (rate < 1 || rate > Integer.MAX_VALUE) {
      throw badHeader("the fmt chunk says %d Hz", rate);
    }
    int tag = fields.u16(0);
    int bits = fields.u16(14);
    int validBits = bits;
    if (tag == TAG_EXTENSIBLE) {
      if (fields.length() < EXTENSIBLE_BYTES) {
        throw badHeader("an extensible fmt chunk has %d bytes, it needs 40", fields.length());
      }
      tag = subFormat(fields, order);
      // 0 stands in files of writers that leave the field unset.
      validBits = fields.u16(18) == 0 ? bits : fields.u16(18);
      if (validBits > bits) {
        throw inconsistent("the fmt chunk says %d valid bits in containers of %d", validBits, bits);
      }
    }
    int blockAlign = fields.u16(12);
    if (tag == TAG_GSM) {
      requireGsmPairs(channels, blockAlign);
    }
    Optional<SampleCoding> coding =
        tag == TAG_GSM || tag == TAG_MP3
            ? Optional.empty()
            : Optional.of(coding(tag, bits, validBits, channels, blockAlign, order));
    return new WavFormat((int) rate, channels, tag, coding);
  }

  private static void requireGsmPairs(int channels, int blockAlign)
      throws UnreadableAudioException {
    if (channels != 1 || blockAlign != GsmDecoder.PAIR_BYTES) {
      throw inconsistent(
          "the fmt chunk says GSM 06.10 of %d channels in blocks of %d bytes; it is 1 in 65",
          channels, blockAlign);
    }
  }

  private static int subFormat(Bytes fields, ByteOrder order) throws UnreadableAudioException {
    long tag = fields.u32(24);
    if (!fields.has(32, GUID_TAIL) || tag > 0xFFFF) {
      throw new UnreadableAudioException(
          RejectionReason.UNSUPPORTED_CODEC,
          "The fmt chunk names a sub-format that is none of the registered wave formats.");
    }
    return (int) tag;
  }

  private static SampleCoding coding(
      int tag, int bits, int validBits, int channels, int blockAlign, ByteOrder order)
      throws UnreadableAudioException {
    if (tag != TAG_PCM && tag != TAG_FLOAT && tag != TAG_A_LAW && tag != TAG_MU_LAW) {
      throw unsupported("format tag 0x%04X", tag);
    }
    if (bits == 0) {
      throw badHeader("the fmt chunk says %d bits per sample", bits);
    }
    int packedBytes = (bits + 7) / 8;
    int bytes = blockAlign == 0 ? packedBytes : blockAlign / channels;
    if (blockAlign % channels != 0 || bytes < packedBytes) {
      throw inconsistent(
          "the fmt chunk says block align %d, but %d channels of %d bits",
          blockAlign, channels, bits);
    }
    return switch (tag) {
      case TAG_PCM -> integers(bits, validBits, packedBytes, bytes, order);
      case TAG_FLOAT -> floats(bits, bytes, order);
      default -> companded(tag, bits, bytes);
    };
  }

  private static SampleCoding integers(
      int bits, int validBits, int packedBytes, int bytes, ByteOrder order)
      throws UnreadableAudioException {
    if (bits > 32) {
      throw unsupported("integer samples of %d bits", bits);
    }
    int validBytes = (validBits + 7) / 8;
    if (bytes == validBytes && bytes == packedBytes) {
      return bytes == 1 ? SampleCoding.unsigned8() : SampleCoding.signed(bytes, order);
    }
    if (bytes == 4) {
      return SampleCoding.paddedTo32(validBits, order);
    }
    throw inconsistent("the fmt chunk says %d valid bits in samples of %d bytes", validBits, bytes);
  }

  private static SampleCoding floats(int bits, int bytes, ByteOrder order)
      throws UnreadableAudioException {
    if (bits != 32 && bits != 64) {
      throw unsupported("float samples of %d bits", bits);
    }
    if (bytes != bits / 8) {
      throw inconsistent("the fmt chunk says floats of %d bits in %d bytes", bits, bytes);
    }
    return bits == 32 ? SampleCoding.float32(order) : SampleCoding.float64(order);
  }

  private static SampleCoding companded(int tag, int bits, int bytes)
      throws UnreadableAudioException {
    if (bits != 8 || bytes != 1) {
      throw inconsistent("the fmt chunk says G.711 samples of %d bits in %d bytes", bits, bytes);
    }
    return tag == TAG_A_LAW ? SampleCoding.aLaw() : SampleCoding.muLaw();
  }

  private static UnreadableAudioException badHeader(String found, Object... values) {
    return rejection(RejectionReason.BAD_HEADER, found, values);
  }

  private static UnreadableAudioException inconsistent(String found, Object... values) {
    return rejection(RejectionReason.INCONSISTENT_HEADER, found, values);
  }

  private static UnreadableAudioException unsupported(String found, Object... values) {
    return rejection(RejectionReason.UNSUPPORTED_CODEC, "the fmt chunk says " + found, values);
  }

  private static UnreadableAudioException rejection(
      RejectionReason reason, String found, Object... values) {
    return new UnreadableAudioException(
        reason, "In the WAV header, " + found.formatted(values) + ".");
  }
}
