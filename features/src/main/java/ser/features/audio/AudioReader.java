package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Opens a recording. What it is, is decided by its content alone, never by its name.
 *
 * <p>Read are WAV (RIFF, RIFX, RF64; PCM of 8 to 32 bits, float, A-law, mu-law, GSM 06.10, MP3),
 * FLAC, AIFF, AU, MP3, Ogg (Vorbis, Opus, FLAC) and bare GSM 06.10. Everything else is refused with
 * a reason. Memory is bounded: nothing is allocated by a size that a header claims.
 */
public final class AudioReader {
  private static final List<ContainerReader> READERS =
      List.of(
          new WavReader(),
          new FlacReader(),
          new AiffReader(),
          new AuReader(),
          new OggReader(),
          new UnsupportedFormats());

  private AudioReader() {}

  /**
   * Reads the header.
   *
   * <p>The samples of the returned stream are finite and their rate is believable, or {@link
   * AudioStream#read} throws.
   *
   * @param in read forward only; closed with the returned stream, left open when this throws
   * @throws UnreadableAudioException if this is no recording that can be read, with the reason
   * @throws IOException if the storage fails
   */
  public static AudioStream open(InputStream in) throws IOException, UnreadableAudioException {
    return open(new ForwardInput(in));
  }

  /** As {@link #open(InputStream)}; marks the place behind ID3 tags. */
  static AudioStream open(ForwardInput input) throws IOException, UnreadableAudioException {
    if (input.atEnd()) {
      throw new UnreadableAudioException(RejectionReason.EMPTY_FILE, "The file has 0 bytes.");
    }
    Id3Tag.skip(input);
    input.mark();
    Bytes head = Bytes.bigEndian(input.peek(ContainerReader.HEAD_BYTES));
    for (ContainerReader reader : READERS) {
      if (reader.recognises(head)) {
        return new CheckedStream(reader.open(input));
      }
    }
    return new CheckedStream(MpegFrames.open(input));
  }
}
