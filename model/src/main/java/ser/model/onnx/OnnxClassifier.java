package ser.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.network.NetworkShape;
import ser.model.network.WindowClassifier;

/**
 * {@link OnnxModel} on ONNX Runtime. As on DL4J every call runs a whole batch, padded with zeros,
 * so that a window's probabilities do not depend on its company.
 */
public final class OnnxClassifier implements WindowClassifier {
  private final OrtSession session;
  private final NetworkShape shape;
  private final List<Emotion> labels;
  private final FloatBuffer input;

  private OnnxClassifier(OrtSession session, NetworkShape shape, List<Emotion> labels) {
    this.session = session;
    this.shape = shape;
    this.labels = labels;
    this.input =
        ByteBuffer.allocateDirect(Math.multiplyExact(BATCH * Float.BYTES, shape.inputLength()))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  /**
   * @param threads that work on one batch, at least 1
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public static OnnxClassifier of(ModelFile model, int threads) {
    byte[] bytes = OnnxModel.bytesOf(model);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Threads that spin between two batches take the cores of the features.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new OnnxClassifier(
          OrtEnvironment.getEnvironment().createSession(bytes, options),
          NetworkShape.of(model.input().inputSpec(), model.labels().size()),
          model.labels());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not take the model", e);
    }
  }

  @Override
  public List<Emotion> labels() {
    return labels;
  }

  @Override
  public float[][] probabilities(List<float[]> windows) {
    WindowClassifier.requireOneBatch(windows);
    fill(windows);
    long[] batch = {BATCH, shape.channels(), shape.bands(), shape.frames()};
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), input, batch);
        OrtSession.Result result = session.run(Map.of(LayerNodes.INPUT, tensor))) {
      float[][] all = (float[][]) result.get(0).getValue();
      return Arrays.copyOf(all, windows.size());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot score a batch", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close its session", e);
    }
  }

  private void fill(List<float[]> windows) {
    input.clear();
    for (float[] window : windows) {
      if (window.length != shape.inputLength()) {
        throw new IllegalArgumentException(
            "an input of %d values does not fit %s".formatted(window.length, shape));
      }
      input.put(window);
    }
    for (int i = windows.size() * shape.inputLength(); i < input.capacity(); i++) {
      input.put(i, 0);
    }
    input.clear();
  }
}
