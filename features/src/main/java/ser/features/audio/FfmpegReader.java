package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives recordings of a known kind that is not decoded here (AAC, AMR, Windows Media, ...) to the
 * program ffmpeg. All others are read as by {@link AudioReader}.
 *
 * <p>ffmpeg gets bytes on its standard input and nothing else: no file name, no shell, no
 * environment but what finds and links it, no protocol but the pipe. What it gives back is read as
 * a stream.
 *
 * @param program name or path of ffmpeg
 * @param timeLimitS longest time in seconds that is spent waiting for it, per recording
 * @param maxAudioS longest audio in seconds that is taken from it, per recording
 */
public record FfmpegReader(String program, double timeLimitS, double maxAudioS)
    implements RecordingReader {
  private static final long serialVersionUID = 1L;
  private static final int VERSION_TIMEOUT_S = 20;

  public FfmpegReader {
    if (program.isBlank()) {
      throw new IllegalArgumentException("ffmpeg '%s' must name a program".formatted(program));
    }
    if (!(timeLimitS > 0)) {
      throw new IllegalArgumentException(
          "ffmpeg-time-limit-s %s must be above 0".formatted(timeLimitS));
    }
    if (!(maxAudioS > 0)) {
      throw new IllegalArgumentException(
          "ffmpeg-max-audio-s %s must be above 0".formatted(maxAudioS));
    }
  }

  @Override
  public AudioStream open(InputStream in) throws IOException, UnreadableAudioException {
    ForwardInput input = new ForwardInput(in);
    UnreadableAudioException refusal;
    if (isLongMpeg4(input)) {
      // Whether it is whole shows when it is decoded: looking for its end would consume it.
      refusal =
          new UnreadableAudioException(
              RejectionReason.UNSUPPORTED_CODEC, "This is MPEG-4, which is not read.");
    } else {
      try {
        return AudioReader.open(input);
      } catch (UnreadableAudioException e) {
        if (!isForFfmpeg(e.reason()) || !input.rewind()) {
          throw e;
        }
        refusal = e;
      }
    }
    requireStreamable(input);
    return new CheckedStream(FfmpegStream.open(this, input, refusal));
  }

  @Override
  public void requireReady() throws IOException {
    Process process =
        FfmpegProcess.builder(List.of(program, "-hide_banner", "-version"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(VERSION_TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("'%s -version' fails".formatted(program));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while '%s -version' ran".formatted(program), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isForFfmpeg(RejectionReason reason) {
    return reason == RejectionReason.UNSUPPORTED_CODEC
        || reason == RejectionReason.UNSUPPORTED_CONTAINER;
  }

  private static boolean isLongMpeg4(ForwardInput input) throws IOException {
    Bytes start = Bytes.bigEndian(input.peek(ForwardInput.LOOK_AHEAD));
    return Mp4Atoms.begins(start) && start.length() == ForwardInput.LOOK_AHEAD;
  }

  private static void requireStreamable(ForwardInput input)
      throws IOException, UnreadableAudioException {
    Bytes start = Bytes.bigEndian(input.peek(ForwardInput.LOOK_AHEAD));
    if (Mp4Atoms.begins(start) && !Mp4Atoms.indexComesFirst(start)) {
      throw new UnreadableAudioException(
          RejectionReason.UNSUPPORTED_CODEC,
          "The MPEG-4 file has its index behind its samples, so it cannot be streamed to ffmpeg. Rewrite it with 'ffmpeg -i IN -c copy -movflags +faststart OUT'.");
    }
  }
}
