package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/** What ffmpeg makes of a recording. */
final class FfmpegStream implements AudioStream {
  private final FfmpegReader settings;
  private final FfmpegProcess process;
  private final UnreadableAudioException refusal;
  private final AudioStream wav;
  private final AudioFormat format;
  private long frames;
  private boolean ended;
  private Optional<RejectionReason> defect = Optional.empty();

  private FfmpegStream(
      FfmpegReader settings,
      FfmpegProcess process,
      UnreadableAudioException refusal,
      AudioStream wav) {
    this.settings = settings;
    this.process = process;
    this.refusal = refusal;
    this.wav = wav;
    AudioFormat decoded = wav.format();
    this.format =
        new AudioFormat("ffmpeg", decoded.codec(), decoded.sampleRateHz(), decoded.channels());
  }

  /**
   * Starts ffmpeg and reads the header of what it writes.
   *
   * @param refusal why the recording is not read without ffmpeg
   * @throws UnreadableAudioException if ffmpeg makes nothing of it either
   * @throws IOException if the storage fails, or there is no ffmpeg on this machine
   */
  static FfmpegStream open(
      FfmpegReader settings, ForwardInput recording, UnreadableAudioException refusal)
      throws IOException, UnreadableAudioException {
    FfmpegProcess process = FfmpegProcess.start(settings, recording);
    boolean opened = false;
    try {
      AudioStream wav = new WavReader().open(new ForwardInput(process.output()));
      opened = true;
      return new FfmpegStream(settings, process, refusal, wav);
    } catch (UnreadableAudioException e) {
      throw unread(settings, process, refusal);
    } finally {
      if (!opened) {
        process.close();
      }
    }
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    if (ended) {
      return -1;
    }
    int count;
    try {
      count = wav.read(interleaved);
    } catch (UnreadableAudioException e) {
      throw unread(settings, process, refusal);
    }
    if (count < 0) {
      finish();
      return -1;
    }
    frames += count;
    if (frames > settings.maxAudioS() * format.sampleRateHz()) {
      throw new UnreadableAudioException(
          RejectionReason.TOO_LONG,
          "ffmpeg gave more than the %s s of ser.audio.ffmpeg-max-audio-s."
              .formatted(settings.maxAudioS()));
    }
    return count;
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  private void finish() throws IOException, UnreadableAudioException {
    ended = true;
    switch (process.end()) {
      case CLEAN -> {}
      case WITH_ERRORS -> defect = Optional.of(RejectionReason.CORRUPT_FRAME);
      case TIMED_OUT -> throw timedOut(settings, refusal);
    }
  }

  private static UnreadableAudioException unread(
      FfmpegReader settings, FfmpegProcess process, UnreadableAudioException refusal)
      throws IOException {
    if (process.end() == FfmpegProcess.Ending.TIMED_OUT) {
      return timedOut(settings, refusal);
    }
    return new UnreadableAudioException(
        refusal.reason(),
        "%s ffmpeg gives no samples: %s"
            .formatted(refusal.getMessage(), process.message().orElse("it does not say why.")));
  }

  private static UnreadableAudioException timedOut(
      FfmpegReader settings, UnreadableAudioException refusal) {
    return new UnreadableAudioException(
        refusal.reason(),
        "%s ffmpeg was stopped after the %s s of ser.audio.ffmpeg-time-limit-s."
            .formatted(refusal.getMessage(), settings.timeLimitS()));
  }
}
