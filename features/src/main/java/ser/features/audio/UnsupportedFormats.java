package ser.features.audio;

import java.io.IOException;
import java.util.List;

/** Known kinds of files that are not decoded: refused by name, so that an operator knows why. */
final class UnsupportedFormats implements ContainerReader {
  /** How the kinds are told apart; the first that fits. */
  private static final List<Kind> KINDS =
      List.of(
          codec("MPEG-4", 4, "ftyp", Mp4Atoms::check),
          codec("MPEG-4", 4, "moov", Mp4Atoms::check),
          codec("Matroska or WebM", 0, "\u001A\u0045\u00DF\u00A3"),
          codec("ASF (Windows Media)", 0, "\u0030\u0026\u00B2\u0075\u008E\u0066\u00CF\u0011"),
          codec("WavPack", 0, "wvpk"),
          codec("Monkey's Audio", 0, "MAC ", MonkeysAudioHeader::check),
          codec("Musepack", 0, "MPCK"),
          codec("Musepack", 0, "MP+"),
          codec("DSD stream", 0, "DSD ", UnsupportedFormats::requireDsdSamples),
          codec("DSDIFF", 0, "FRM8"),
          codec("True Audio", 0, "TTA1"),
          codec("AAC with ADIF header", 0, "ADIF"),
          codec("AMR", 0, "#!AMR"),
          codec("OptimFROG", 0, "OFR "),
          container("Core Audio", 0, "caff"),
          container("Wave64", 0, "riff\u002E\u0091\u00CF\u0011"),
          container("NIST SPHERE", 0, "NIST_1A"),
          container("Creative Voice", 0, "Creative Voice File"),
          new Kind(
              "a RIFF file that is no WAVE",
              0,
              "RIFF",
              RejectionReason.NOT_AUDIO_CONTAINER,
              in -> {}));

  /** Finds a reason that comes before the missing decoder, such as no audio at all. */
  @FunctionalInterface
  private interface Check {
    void check(ForwardInput in) throws IOException, UnreadableAudioException;
  }

  private record Kind(
      String name, int offset, String signature, RejectionReason reason, Check check) {
    boolean fits(Bytes head) {
      return head.has(offset, signature);
    }
  }

  private static Kind codec(String name, int offset, String signature) {
    return codec(name, offset, signature, in -> {});
  }

  private static Kind codec(String name, int offset, String signature, Check check) {
    return new Kind(name, offset, signature, RejectionReason.UNSUPPORTED_CODEC, check);
  }

  private static Kind container(String name, int offset, String signature) {
    return new Kind(name, offset, signature, RejectionReason.UNSUPPORTED_CONTAINER, in -> {});
  }

  @Override
  public boolean recognises(Bytes head) {
    return KINDS.stream().anyMatch(kind -> kind.fits(head));
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    Bytes head = Bytes.bigEndian(in.peek(HEAD_BYTES));
    Kind kind = KINDS.stream().filter(each -> each.fits(head)).findFirst().orElseThrow();
    kind.check().check(in);
    throw new UnreadableAudioException(
        kind.reason(), "This is %s, which is not read.".formatted(kind.name()));
  }

  private static void requireDsdSamples(ForwardInput in)
      throws IOException, UnreadableAudioException {
    int sampleCountAt = 64;
    Bytes header = Bytes.littleEndian(in.peek(sampleCountAt + 8));
    if (header.length() == sampleCountAt + 8 && header.i64(sampleCountAt) == 0) {
      throw new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA, "The header of the DSD stream says 0 samples.");
    }
  }
}
