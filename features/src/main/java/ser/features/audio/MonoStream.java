package ser.features.audio;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One channel made of a recording's channels, block by block: for recordings that are too long to
 * hold in memory.
 */
public final class MonoStream implements AudioStream {
  private static final int BLOCK_FRAMES = 4096;
  private static final int ALL_CHANNELS = -1;

  private final AudioStream stream;
  private final AudioFormat format;
  private final int channel;
  private float[] block = new float[0];

  private MonoStream(AudioStream stream, int channel) {
    AudioFormat source = stream.format();
    this.stream = stream;
    this.channel = channel;
    this.format = new AudioFormat(source.container(), source.codec(), source.sampleRateHz(), 1);
  }

  /** The mean of all channels, summed in double: exact for samples of up to 24 bits. */
  public static MonoStream averaging(AudioStream stream) {
    return new MonoStream(stream, ALL_CHANNELS);
  }

  /**
   * One channel alone.
   *
   * @param channel counted from 0
   * @throws IllegalArgumentException if the recording has no such channel
   */
  public static MonoStream ofChannel(AudioStream stream, int channel) {
    int channels = stream.format().channels();
    if (channel < 0 || channel >= channels) {
      throw new IllegalArgumentException(
          "there is no channel %d: the recording has %d, counted from 0"
              .formatted(channel, channels));
    }
    return new MonoStream(stream, channel);
  }

  /** As the recording's, with one channel. */
  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] samples) throws IOException, UnreadableAudioException {
    int channels = stream.format().channels();
    if (channels == 1) {
      return stream.read(samples);
    }
    if (samples.length == 0) {
      throw new IllegalArgumentException("an array of 0 has no room for a sample");
    }
    // The stream fills what it is given, so the block must hold no more than is asked for.
    int wanted = Math.min(samples.length, BLOCK_FRAMES) * channels;
    if (block.length != wanted) {
      block = new float[wanted];
    }
    int frames = stream.read(block);
    for (int i = 0; i < frames; i++) {
      samples[i] =
          channel == ALL_CHANNELS
              ? mean(block, i * channels, channels)
              : block[i * channels + channel];
    }
    return frames;
  }

  @Override
  public long skip(long frames) throws IOException, UnreadableAudioException {
    return stream.skip(frames);
  }

  @Override
  public OptionalLong framesIn(long fileBytes) {
    return stream.framesIn(fileBytes);
  }

  @Override
  public Optional<RejectionReason> defect() {
    return stream.defect();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static float mean(float[] samples, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += samples[i];
    }
    return (float) (sum / count);
  }
}
