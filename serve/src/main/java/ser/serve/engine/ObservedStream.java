package ser.serve.engine;

import java.io.IOException;
import java.util.Optional;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;

/** One channel whose samples are drawn on their way. */
final class ObservedStream implements AudioStream {
  private final AudioStream mono;
  private final Envelope envelope;

  ObservedStream(AudioStream mono, Envelope envelope) {
    this.mono = mono;
    this.envelope = envelope;
  }

  @Override
  public AudioFormat format() {
    return mono.format();
  }

  @Override
  public int read(float[] samples) throws IOException, UnreadableAudioException {
    int count = mono.read(samples);
    envelope.add(samples, Math.max(0, count));
    return count;
  }

  @Override
  public boolean isInteger() {
    return mono.isInteger();
  }

  @Override
  public Optional<RejectionReason> defect() {
    return mono.defect();
  }

  @Override
  public void close() throws IOException {
    mono.close();
  }
}
