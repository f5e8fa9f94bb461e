package ser.features.audio;

/** Samples that a decoder gave and that nobody has read yet, interleaved. */
final class DecodedBlock {
  private final int channels;
  private float[] samples = new float[0];
  private int next;
  private int end;

  DecodedBlock(int channels) {
    this.channels = channels;
  }

  /** Room for a decoder's next samples; what is left of the last ones is lost. */
  float[] room(int frames) {
    if (samples.length < frames * channels) {
      samples = new float[frames * channels];
    }
    next = 0;
    end = 0;
    return samples;
  }

  /** Offers the sample frames {@code from} to {@code to} of what was put into the room. */
  void offer(int from, int to) {
    next = from * channels;
    end = to * channels;
  }

  boolean isEmpty() {
    return next >= end;
  }

  /** Sample frames moved to the target, as many as it takes. */
  int drain(float[] target) {
    int frames = Math.min(target.length, end - next) / channels;
    if (frames == 0) {
      throw new IllegalArgumentException(
          "an array of %d has no room for a frame of %d channels"
              .formatted(target.length, channels));
    }
    System.arraycopy(samples, next, target, 0, frames * channels);
    next += frames * channels;
    return frames;
  }
}
