package ser.features.audio;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * WAV files: RIFF, its big-endian form RIFX, and for more than 4 GB RF64 (EBU Tech 3306) and its
 * successor BW64 (ITU-R BS.2088), which begin alike.
 *
 * <p>Chunks are passed over by reading, so a size that lies ends at the end of the file. {@code fmt
 * } must come before {@code data}, as the specification asks: a forward reader cannot go back.
 */
final class WavReader implements ContainerReader {
  private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;
  private static final int RIFF_HEADER_BYTES = 12;
  private static final List<String> FORMS = List.of("RIFF", "RIFX", "RF64", "BW64");

  @Override
  public boolean recognises(Bytes head) {
    return FORMS.stream().anyMatch(form -> head.has(0, form))
        && (head.has(8, "WAVE") || head.length() < RIFF_HEADER_BYTES);
  }

  @Override
  public AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    byte[] riff = in.peek(RIFF_HEADER_BYTES);
    if (riff.length < RIFF_HEADER_BYTES) {
      throw badHeader("The file ends after %d bytes, inside the RIFF header.", riff.length);
    }
    boolean big = Bytes.bigEndian(riff).has(0, "RIFX");
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long riffSize = Bytes.in(order, riff).u32(4);
    long riffStart = in.position();
    in.skip(RIFF_HEADER_BYTES);

    Chunks chunks = new Chunks(in, order);
    WavFormat format = null;
    long wideDataSize = UNKNOWN_SIZE;
    while (true) {
      Chunks.Chunk chunk = chunks.next();
      switch (chunk.name()) {
        case "fmt " -> {
          if (format != null) {
            throw new UnreadableAudioException(
                RejectionReason.INCONSISTENT_HEADER,
                "There is a second fmt chunk at byte %d.".formatted(chunk.start()));
          }
          byte[] body = chunks.body(chunk, WavFormat.EXTENSIBLE_BYTES);
          format = WavFormat.parse(body, order);
        }
        case "ds64" -> {
          byte[] body = chunks.body(chunk, 16);
          if (body.length == 16) {
            wideDataSize = Bytes.in(order, body).i64(8);
          }
        }
        case "data" -> {
          if (format == null) {
            throw badHeader("The data chunk at byte %d comes before any fmt chunk.", chunk.start());
          }
          long size = chunk.size() == UNKNOWN_SIZE ? wideDataSize : chunk.size();
          return samples(in, order, format, dataSize(in, size, riffStart + 8 + riffSize));
        }
        default -> chunks.skip(chunk);
      }
    }
  }

  /**
   * A recorder that writes to a pipe, or was killed, leaves sizes that say nothing: then the
   * samples go on to the end of the file.
   *
   * @param riffEnd where the RIFF header says that the file ends
   */
  private static long dataSize(ForwardInput in, long size, long riffEnd) throws IOException {
    if (size == 0) {
      boolean nothingClaimed = riffEnd <= in.position() || riffEnd >= UNKNOWN_SIZE;
      return nothingClaimed && !chunkFollows(in) ? PcmStream.TO_THE_END : 0;
    }
    return size == UNKNOWN_SIZE || size < 0 ? PcmStream.TO_THE_END : size;
  }

  /** Whether the next bytes are a chunk's name, in letters and digits, rather than samples. */
  private static boolean chunkFollows(ForwardInput in) throws IOException {
    byte[] name = in.peek(4);
    for (byte letter : name) {
      if (!Character.isLetterOrDigit(letter & 0x7F) && letter != ' ' || letter < 0) {
        return false;
      }
    }
    return name.length == 4;
  }

  private static AudioStream samples(
      ForwardInput in, ByteOrder order, WavFormat format, long dataBytes)
      throws IOException, UnreadableAudioException {
    switch (format.tag()) {
      case WavFormat.TAG_GSM:
        return GsmStream.wav(in, format.sampleRateHz(), dataBytes);
      case WavFormat.TAG_MP3:
        return mp3(in);
      default:
        SampleCoding coding = format.coding().orElseThrow();
        AudioFormat audio =
            new AudioFormat("wav", coding.codec(), format.sampleRateHz(), format.channels());
        return new PcmStream(
            in, audio, coding, dataBytes, rest -> trailingDefect(rest, order, dataBytes));
    }
  }

  /** Frames tell where they end, and what their rate is: the WAV header has nothing to add. */
  private static AudioStream mp3(ForwardInput in) throws IOException, UnreadableAudioException {
    Bytes start = Bytes.bigEndian(in.peek(MpegHeader.BYTES));
    MpegHeader first =
        MpegHeader.at(start, 0)
            .filter(header -> header.layer() == 3)
            .orElseThrow(
                () ->
                    badHeader(
                        "The fmt chunk says MP3; there is no frame at byte %d.", in.position()));
    return new Mp3Stream(in, "wav", first);
  }

  /**
   * Bytes after the samples are tags or garbage and do not matter, but for a second data chunk:
   * then part of the recording was not read.
   */
  private static Optional<RejectionReason> trailingDefect(
      ForwardInput in, ByteOrder order, long dataBytes) throws IOException {
    in.skip(dataBytes & 1);
    byte[] header = new byte[Chunks.HEADER_BYTES];
    while (chunkFollows(in) && in.readFully(header, 0, header.length) == header.length) {
      Bytes fields = Bytes.in(order, header);
      if (fields.has(0, "data")) {
        return Optional.of(RejectionReason.INCONSISTENT_HEADER);
      }
      in.skip(fields.u32(4) + (fields.u32(4) & 1));
    }
    return Optional.empty();
  }

  private static UnreadableAudioException badHeader(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.BAD_HEADER, detail.formatted(values));
  }
}
