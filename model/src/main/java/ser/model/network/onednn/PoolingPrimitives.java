package ser.model.network.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling of images of one shape, forward and backward. */
final class PoolingPrimitives {
  /** What becomes of a window. */
  enum Kind {
    MAX(algorithm.pooling_max),

    /** Of what lies in the image. */
    MEAN(algorithm.pooling_avg_exclude_padding);

    private final int value;

    Kind(algorithm ofOneDnn) {
      this.value = ofOneDnn.value;
    }
  }

  private final ImageShape images;
  private final ImageShape output;
  private final Call forward;
  private Call backward;

  /**
   * @param training false leaves out what only {@link #backward} needs
   */
  PoolingPrimitives(Kind pooling, ImageShape images, SlidingWindow window, boolean training) {
    this.images = images;
    this.output = window.over(images, images.channels());
    memory.desc from = images.described();
    memory.desc to = output.described();
    int kind = (training ? prop_kind.forward_training : prop_kind.forward_inference).value;
    pooling_forward.primitive_desc forwardKind =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                kind,
                pooling.value,
                from,
                to,
                window.strides(),
                window.kernel(),
                window.before(images),
                window.after(images)),
            OneDnn.cpu());
    this.forward =
        new Call(new pooling_forward(forwardKind))
            .array(DNNL_ARG_SRC, from)
            .array(DNNL_ARG_DST, to);
    if (training) {
      this.backward =
          new Call(
                  new pooling_backward(
                      new pooling_backward.primitive_desc(
                          new pooling_backward.desc(
                              pooling.value,
                              from,
                              to,
                              window.strides(),
                              window.kernel(),
                              window.before(images),
                              window.after(images)),
                          OneDnn.cpu(),
                          forwardKind)))
              .array(DNNL_ARG_DIFF_DST, to)
              .array(DNNL_ARG_DIFF_SRC, from);
      if (pooling == Kind.MAX) {
        // Which of its window's values each maximum was.
        memory places = new memory(forwardKind.workspace_desc(), OneDnn.cpu());
        forward.memory(DNNL_ARG_WORKSPACE, places);
        backward.memory(DNNL_ARG_WORKSPACE, places);
      }
    }
  }

  ImageShape images() {
    return images;
  }

  ImageShape output() {
    return output;
  }

  void forward(INDArray input, INDArray result) {
    forward.bind(DNNL_ARG_SRC, input).bind(DNNL_ARG_DST, result).run();
  }

  /** For the input of the last {@link #forward}. */
  void backward(INDArray gradient, INDArray inputGradient) {
    backward.bind(DNNL_ARG_DIFF_DST, gradient).bind(DNNL_ARG_DIFF_SRC, inputGradient).run();
  }
}
