package ser.serve.engine;

import java.io.IOException;
import java.util.Optional;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;

/**
 * Ends the work on recordings that are too long or take too long, whatever their size: a few bytes
 * can be hours of silence.
 */
final class LimitedStream implements AudioStream {
  private final AudioStream stream;
  private final int mostSeconds;
  private final Deadline deadline;
  private long frames;

  LimitedStream(AudioStream stream, int mostSeconds, Deadline deadline) {
    this.stream = stream;
    this.mostSeconds = mostSeconds;
    this.deadline = deadline;
  }

  @Override
  public AudioFormat format() {
    return stream.format();
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    deadline.check();
    int count = stream.read(interleaved);
    frames += Math.max(0, count);
    if (frames > (long) mostSeconds * format().sampleRateHz()) {
      throw new RefusedException(
          Refusal.TOO_LONG,
          "The recording is longer than %d s, the most that is scored here. Send a part of it, or score it with 'ser score'."
              .formatted(mostSeconds));
    }
    return count;
  }

  @Override
  public boolean isInteger() {
    return stream.isInteger();
  }

  @Override
  public Optional<RejectionReason> defect() {
    return stream.defect();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
