package ser.model.network.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of images of one shape by the batch's own mean and biased variance, with or
 * without ReLU after it in the same pass, forward and backward.
 */
final class BatchNormPrimitives {
  private final ImageShape images;
  private final Call forward;
  private final Call backward;

  /**
   * @param epsilon added to the variance
   */
  BatchNormPrimitives(ImageShape images, float epsilon, boolean relu) {
    this.images = images;
    int flags =
        normalization_flags.use_scale.value
            | normalization_flags.use_shift.value
            | (relu ? normalization_flags.fuse_norm_relu.value : 0);
    memory.desc image = images.described();
    memory.desc perChannel =
        new memory.desc(new long[] {images.channels()}, memory.data_type.f32, memory.format_tag.x);
    batch_normalization_forward.primitive_desc forwardKind =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                prop_kind.forward_training.value, image, epsilon, flags),
            OneDnn.cpu());
    this.forward =
        new Call(new batch_normalization_forward(forwardKind))
            .array(DNNL_ARG_SRC, image)
            .array(DNNL_ARG_SCALE, perChannel)
            .array(DNNL_ARG_SHIFT, perChannel)
            .array(DNNL_ARG_MEAN, perChannel)
            .array(DNNL_ARG_VARIANCE, perChannel)
            .array(DNNL_ARG_DST, image);
    batch_normalization_backward.primitive_desc backwardKind =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                prop_kind.backward.value, image, image, epsilon, flags),
            OneDnn.cpu(),
            forwardKind);
    this.backward =
        new Call(new batch_normalization_backward(backwardKind))
            .array(DNNL_ARG_SRC, image)
            .array(DNNL_ARG_SCALE, perChannel)
            .array(DNNL_ARG_SHIFT, perChannel)
            .array(DNNL_ARG_MEAN, perChannel)
            .array(DNNL_ARG_VARIANCE, perChannel)
            .array(DNNL_ARG_DIFF_DST, image)
            .array(DNNL_ARG_DIFF_SRC, image)
            .array(DNNL_ARG_DIFF_SCALE, perChannel)
            .array(DNNL_ARG_DIFF_SHIFT, perChannel);
    if (relu) {
      // One bit a value: where it was positive.
      memory positive = new memory(forwardKind.workspace_desc(), OneDnn.cpu());
      forward.memory(DNNL_ARG_WORKSPACE, positive);
      backward.memory(DNNL_ARG_WORKSPACE, positive);
    }
  }

  ImageShape images() {
    return images;
  }

  /** Writes the batch's mean and variance, too. */
  void forward(
      INDArray input,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray result) {
    forward
        .bind(DNNL_ARG_SRC, input)
        .bind(DNNL_ARG_SCALE, gamma)
        .bind(DNNL_ARG_SHIFT, beta)
        .bind(DNNL_ARG_MEAN, mean)
        .bind(DNNL_ARG_VARIANCE, variance)
        .bind(DNNL_ARG_DST, result)
        .run();
  }

  /** For the input of the last {@link #forward}, with the mean and variance that it wrote. */
  void backward(
      INDArray input,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray gradient,
      Gradients results) {
    backward
        .bind(DNNL_ARG_SRC, input)
        .bind(DNNL_ARG_SCALE, gamma)
        .bind(DNNL_ARG_SHIFT, beta)
        .bind(DNNL_ARG_MEAN, mean)
        .bind(DNNL_ARG_VARIANCE, variance)
        .bind(DNNL_ARG_DIFF_DST, gradient)
        .bind(DNNL_ARG_DIFF_SRC, results.input())
        .bind(DNNL_ARG_DIFF_SCALE, results.gamma())
        .bind(DNNL_ARG_DIFF_SHIFT, results.beta())
        .run();
  }

  /** Where the gradients go. */
  record Gradients(INDArray input, INDArray gamma, INDArray beta) {}
}
