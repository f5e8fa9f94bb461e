package ser.model.network;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.array.FloatBlock;
import ser.model.input.InputSpec;

/**
 * What goes into a network and what comes out.
 *
 * @param bands rows of each channel of the input
 * @param frames columns of the input
 * @param channels of the input
 * @param classes probabilities that come out, at least 2
 */
public record NetworkShape(int bands, int frames, int channels, int classes)
    implements Serializable {
  public NetworkShape {
    if (bands < 1 || frames < 1 || channels < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "a network needs at least 1 band, 1 frame, 1 channel and 2 classes, not %d, %d, %d and %d"
              .formatted(bands, frames, channels, classes));
    }
  }

  /** Of an input of one channel. */
  public NetworkShape(int bands, int frames, int classes) {
    this(bands, frames, 1, classes);
  }

  /** For inputs that were made by a specification. */
  public static NetworkShape of(InputSpec input, int classes) {
    return new NetworkShape(input.rows(), input.frames(), input.channels().size(), classes);
  }

  /** Values of one input. */
  public int inputLength() {
    return bands * frames * channels;
  }

  /**
   * Puts inputs side by side, as the layers take them.
   *
   * @param inputs planar, each of shape [channels][bands][frames]
   * @param batch rows of the result, at least as many as there are inputs; zeros fill it up
   * @return NHWC, shape [batch][bands][frames][channels]
   */
  public INDArray batchOf(List<float[]> inputs, int batch) {
    float[] values = new float[Math.multiplyExact(batch, inputLength())];
    int plane = bands * frames;
    for (int i = 0; i < inputs.size(); i++) {
      float[] input = inputs.get(i);
      if (input.length != inputLength()) {
        throw new IllegalArgumentException(
            "an input of %d values does not fit %s".formatted(input.length, this));
      }
      int start = i * inputLength();
      for (int channel = 0; channel < channels; channel++) {
        for (int place = 0; place < plane; place++) {
          values[start + place * channels + channel] = input[channel * plane + place];
        }
      }
    }
    return FloatBlock.of(values, batch, bands, frames, channels);
  }
}
