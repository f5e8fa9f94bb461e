package ser.features.audio;

/**
 * Looks through the tables of a Vorbis stream (Vorbis I specification, 4.2.4) before a decoder is
 * given them: JOrbis allocates, and loops, by whatever they say. Only codebooks, floors and
 * residues matter for that; what follows them it checks by itself.
 */
final class VorbisSetup {
  private static final int HEADER_BITS = 7 * 8;
  private static final int CODEBOOK_SYNC = 0x564342;

  /** Many times what encoders write. */
  private static final int MOST_ENTRIES = 1 << 18;

  private static final int MOST_VALUES = 1 << 20;

  /** Beyond it, 2 to this power leaves an int: no vector is as long. */
  private static final int MOST_DIMENSIONS = 30;

  private record Codebook(int dimensions, int entries) {}

  private final PackedBits bits;
  private final VorbisIdentification stream;
  private int entries;
  private int values;

  private VorbisSetup(PackedBits bits, VorbisIdentification stream) {
    this.bits = bits;
    this.stream = stream;
  }

  /**
   * @param packet the third of the stream
   * @throws UnreadableAudioException if a decoder must not be given it
   */
  static void check(byte[] packet, VorbisIdentification stream) throws UnreadableAudioException {
    if (!Bytes.bigEndian(packet).has(0, "\u0005vorbis")) {
      throw bad("has another signature");
    }
    try {
      new VorbisSetup(PackedBits.lowestFirst(packet, HEADER_BITS), stream).check();
    } catch (IndexOutOfBoundsException e) {
      throw bad("ends inside its tables, after %d bytes", packet.length);
    }
  }

  private void check() throws UnreadableAudioException {
    Codebook[] books = new Codebook[bits.next(8) + 1];
    for (int i = 0; i < books.length; i++) {
      books[i] = codebook();
    }
    int times = bits.next(6) + 1;
    for (int i = 0; i < times; i++) {
      if (bits.next(16) != 0) {
        throw bad("has a time table that is not empty");
      }
    }
    int floors = bits.next(6) + 1;
    for (int i = 0; i < floors; i++) {
      floor();
    }
    int residues = bits.next(6) + 1;
    for (int i = 0; i < residues; i++) {
      residue(books);
    }
  }

  private Codebook codebook() throws UnreadableAudioException {
    if (bits.next(24) != CODEBOOK_SYNC) {
      throw bad("has a codebook without its mark");
    }
    int dimensions = bits.next(16);
    int count = bits.next(24);
    entries += count;
    if (dimensions == 0 || dimensions > MOST_DIMENSIONS || count == 0 || entries > MOST_ENTRIES) {
      throw bad("has a codebook of %d entries of %d dimensions", count, dimensions);
    }
    if (bits.next(1) == 1) {
      orderedLengths(count);
    } else {
      lengths(count);
    }
    int lookup = bits.next(4);
    if (lookup > 2) {
      throw bad("has a codebook of lookup type %d", lookup);
    }
    if (lookup > 0) {
      values += count * dimensions;
      if (values > MOST_VALUES) {
        throw bad("has codebooks of %d values", values);
      }
      bits.skip(32 + 32);
      int width = bits.next(4) + 1;
      bits.skip(1);
      int listed = lookup == 1 ? root(count, dimensions) : count * dimensions;
      bits.skip((long) listed * width);
    }
    return new Codebook(dimensions, count);
  }

  private void lengths(int count) {
    boolean sparse = bits.next(1) == 1;
    for (int i = 0; i < count; i++) {
      if (!sparse || bits.next(1) == 1) {
        bits.skip(5);
      }
    }
  }

  private void orderedLengths(int count) throws UnreadableAudioException {
    int length = bits.next(5) + 1;
    for (int done = 0; done < count; length++) {
      done += bits.next(Integer.SIZE - Integer.numberOfLeadingZeros(count - done));
      if (length > 32 || done > count) {
        throw bad("has a codebook of codes of %d bits for %d of %d entries", length, done, count);
      }
    }
  }

  /** The largest number whose power does not exceed the entries. */
  private static int root(int count, int dimensions) {
    int root = (int) Math.round(Math.pow(count, 1.0 / dimensions)) + 1;
    while (Math.pow(root, dimensions) > count) {
      root--;
    }
    return root;
  }

  private void floor() throws UnreadableAudioException {
    int type = bits.next(16);
    if (type == 0) {
      throw new UnreadableAudioException(
          RejectionReason.UNSUPPORTED_CODEC,
          "The Vorbis stream has floors of type 0, which no encoder has written since 2001.");
    }
    if (type != 1) {
      throw bad("has a floor of type %d", type);
    }
    int[] classes = new int[bits.next(5)];
    int most = -1;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = bits.next(4);
      most = Math.max(most, classes[i]);
    }
    int[] dimensions = new int[most + 1];
    for (int i = 0; i <= most; i++) {
      dimensions[i] = bits.next(3) + 1;
      int subclasses = bits.next(2);
      bits.skip(subclasses > 0 ? 8 : 0);
      bits.skip(8L << subclasses);
    }
    bits.skip(2);
    int width = bits.next(4);
    for (int each : classes) {
      bits.skip((long) dimensions[each] * width);
    }
  }

  private void residue(Codebook[] books) throws UnreadableAudioException {
    int type = bits.next(16);
    int begin = bits.next(24);
    int end = bits.next(24);
    bits.skip(24);
    int classifications = bits.next(6) + 1;
    int book = bits.next(8);
    int vectors = type == 2 ? stream.channels() : 1;
    if (type > 2 || begin > end || end > stream.longBlock() / 2 * vectors) {
      throw bad("has a residue of type %d from %d to %d", type, begin, end);
    }
    if (book >= books.length
        || Math.pow(classifications, books[book].dimensions) > books[book].entries) {
      throw bad("has a residue whose %d classes do not fit its codebook", classifications);
    }
    int stages = 0;
    for (int i = 0; i < classifications; i++) {
      int low = bits.next(3);
      int high = bits.next(1) == 1 ? bits.next(5) : 0;
      stages += Integer.bitCount(high << 3 | low);
    }
    bits.skip(8L * stages);
  }

  private static UnreadableAudioException bad(String found, Object... values) {
    return new UnreadableAudioException(
        RejectionReason.BAD_HEADER,
        "The setup packet of Vorbis %s.".formatted(found.formatted(values)));
  }
}
