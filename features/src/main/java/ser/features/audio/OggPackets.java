package ser.features.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The packets of one stream in an Ogg file: the first one whose beginning names an audio codec;
 * pages of other streams are passed over.
 *
 * <p>A damaged, cut or missing page ends the stream, so no sample is ever moved in time.
 */
final class OggPackets {
  /** Far above any packet of audio, and above Vorbis's tables. */
  private static final int LONGEST_PACKET = 1 << 20;

  private final ForwardInput in;
  private final OggPage start;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private OggPage page;
  private int segment;
  private int bodyAt;
  private boolean inPacket;
  private boolean ended;
  private Optional<RejectionReason> defect = Optional.empty();

  /**
   * @param granule the page's, if this is the last packet that ends on it; else -1
   * @param end the granule at which the stream ends, from the last page on; before it {@link
   *     Long#MAX_VALUE}
   */
  record Packet(byte[] bytes, long granule, long end) {}

  private OggPackets(ForwardInput in, OggPage start) {
    this.in = in;
    this.start = start;
    this.page = start;
  }

  /** Stands at the first packet of the first stream that is audio, else of the first stream. */
  static OggPackets open(ForwardInput in) throws IOException, UnreadableAudioException {
    OggPage first = null;
    while (true) {
      Optional<OggPage> next = OggPage.next(in);
      if (next.isEmpty() || !next.get().first()) {
        if (first == null) {
          boolean cut = OggPage.gap(in) == OggPage.Gap.CUT;
          throw new UnreadableAudioException(
              cut ? RejectionReason.TRUNCATED : RejectionReason.BAD_HEADER,
              "There is no whole first page of an Ogg stream at byte %d.".formatted(in.position()));
        }
        return new OggPackets(in, first);
      }
      if (OggCodecs.isAudio(next.get().body())) {
        return new OggPackets(in, next.get());
      }
      first = first == null ? next.get() : first;
    }
  }

  /** The next packet; empty at the end, where {@link #defect} says whether it is the true one. */
  Optional<Packet> next() throws IOException {
    while (!ended) {
      if (segment == page.lacing().length) {
        turn();
        continue;
      }
      int from = bodyAt;
      int length = segment();
      part.write(page.body(), from, length);
      if (part.size() > LONGEST_PACKET) {
        end(RejectionReason.CORRUPT_FRAME);
      } else if (!inPacket) {
        byte[] bytes = part.toByteArray();
        part.reset();
        boolean lastOnPage = endsHere(segment);
        long granule = lastOnPage ? page.granule() : -1;
        boolean known = page.last() && page.granule() >= 0;
        return Optional.of(new Packet(bytes, granule, known ? page.granule() : Long.MAX_VALUE));
      }
    }
    return Optional.empty();
  }

  /**
   * Passes over the next packet, however long it is: comments may hold pictures.
   *
   * @return whether there was one
   */
  boolean skip() throws IOException {
    while (!ended) {
      if (segment == page.lacing().length) {
        turn();
        continue;
      }
      segment();
      if (!inPacket) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is left of a page, whatever packets and parts of packets that is; empty at the end. For
   * streams whose packets are of any length and belong together.
   */
  Optional<byte[]> bytes() throws IOException {
    while (!ended) {
      int from = bodyAt;
      while (segment < page.lacing().length) {
        segment();
      }
      if (bodyAt > from) {
        return Optional.of(Arrays.copyOfRange(page.body(), from, bodyAt));
      }
      turn();
    }
    return Optional.empty();
  }

  /** Goes over a page's next segment, and gives its length. */
  private int segment() {
    int length = page.lacing()[segment++];
    bodyAt += length;
    inPacket = length == 255;
    return length;
  }

  /**
   * Why the stream ended before its last page; {@link RejectionReason#STREAM_CHANGES} if another
   * stream follows it.
   */
  Optional<RejectionReason> defect() {
    return defect;
  }

  void close() throws IOException {
    in.close();
  }

  private boolean endsHere(int from) {
    for (int i = from; i < page.lacing().length; i++) {
      if (page.lacing()[i] < 255) {
        return false;
      }
    }
    return true;
  }

  /** Goes on to the stream's next page. */
  private void turn() throws IOException {
    if (page.last()) {
      Optional<OggPage> behind = OggPage.follows(in) ? OggPage.next(in) : Optional.empty();
      while (behind.isPresent() && !behind.get().first()) {
        behind = OggPage.next(in);
      }
      ended = true;
      defect = behind.map(chained -> RejectionReason.STREAM_CHANGES);
      return;
    }
    Optional<OggPage> next = OggPage.next(in);
    while (next.isPresent() && next.get().serial() != start.serial()) {
      next = OggPage.next(in);
    }
    if (next.isEmpty()) {
      boolean damaged = OggPage.gap(in) == OggPage.Gap.DAMAGED;
      end(damaged ? RejectionReason.CORRUPT_FRAME : RejectionReason.TRUNCATED);
      return;
    }
    boolean follows = next.get().sequence() == page.sequence() + 1;
    if (!follows || next.get().continued() != inPacket) {
      end(RejectionReason.CORRUPT_FRAME);
      return;
    }
    page = next.get();
    segment = 0;
    bodyAt = 0;
  }

  private void end(RejectionReason reason) {
    ended = true;
    defect = Optional.of(reason);
  }
}
