package ser.model.network.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution of images of one shape, forward and backward. Weights lie as [out][in][rows][columns]
 * outside; each primitive has them in the blocks that it likes best.
 */
final class ConvolutionPrimitives {
  private static final int DIRECT = algorithm.convolution_direct.value;

  private final ImageShape images;
  private final ImageShape output;
  private final SlidingWindow window;
  private final memory.desc plainWeights;
  private final memory.desc bias;
  private final convolution_forward.primitive_desc forwardKind;
  private final WeightBlocks forwardWeights;
  private final Call forward;
  private Backward backward;

  /**
   * @param relu true to put negative results to zero in the same pass
   */
  ConvolutionPrimitives(ImageShape images, long filters, SlidingWindow window, boolean relu) {
    this.images = images;
    this.window = window;
    this.output = window.over(images, filters);
    long[] weightShape = {filters, images.channels(), window.kernelRows(), window.kernelColumns()};
    this.plainWeights = new memory.desc(weightShape, memory.data_type.f32, memory.format_tag.oihw);
    this.bias = new memory.desc(new long[] {filters}, memory.data_type.f32, memory.format_tag.x);
    primitive_attr attributes = new primitive_attr();
    if (relu) {
      post_ops afterwards = new post_ops();
      afterwards.append_eltwise(1, algorithm.eltwise_relu.value, 0, 0);
      attributes.set_post_ops(afterwards);
    }
    this.forwardKind =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                prop_kind.forward_training.value,
                DIRECT,
                images.described(),
                anyOrder(),
                bias,
                output.described(),
                window.strides(),
                window.before(images),
                window.after(images)),
            attributes,
            OneDnn.cpu());
    this.forwardWeights = new WeightBlocks(plainWeights, forwardKind.weights_desc());
    this.forward =
        new Call(new convolution_forward(forwardKind))
            .array(DNNL_ARG_SRC, images.described())
            .memory(DNNL_ARG_WEIGHTS, forwardWeights.blocks())
            .array(DNNL_ARG_BIAS, bias)
            .array(DNNL_ARG_DST, output.described());
  }

  ImageShape images() {
    return images;
  }

  ImageShape output() {
    return output;
  }

  void forward(INDArray input, INDArray weights, INDArray biases, INDArray result) {
    forwardWeights.from(weights);
    forward.bind(DNNL_ARG_SRC, input).bind(DNNL_ARG_BIAS, biases).bind(DNNL_ARG_DST, result).run();
  }

  /** Gradients of weights and biases from that of the result before ReLU. */
  void backwardWeights(
      INDArray input, INDArray gradient, INDArray weightGradient, INDArray biasGradient) {
    backward().weights(input, gradient, weightGradient, biasGradient);
  }

  /** Gradient of the input from that of the result before ReLU. */
  void backwardInput(INDArray gradient, INDArray weights, INDArray inputGradient) {
    backward().input(gradient, weights, inputGradient);
  }

  private Backward backward() {
    if (backward == null) {
      backward = new Backward();
    }
    return backward;
  }

  private memory.desc anyOrder() {
    return new memory.desc(
        new long[] {
          output.channels(), images.channels(), window.kernelRows(), window.kernelColumns()
        },
        memory.data_type.f32,
        memory.format_tag.any);
  }

  /** Made at the first step of training: scoring needs none of it. */
  private final class Backward {
    private final Call ofWeights;
    private final WeightBlocks weightGradients;
    private WeightBlocks inputWeights;
    private Call ofInput;

    Backward() {
      convolution_backward_weights.primitive_desc kind =
          new convolution_backward_weights.primitive_desc(
              new convolution_backward_weights.desc(
                  DIRECT,
                  images.described(),
                  anyOrder(),
                  bias,
                  output.described(),
                  window.strides(),
                  window.before(images),
                  window.after(images)),
              OneDnn.cpu(),
              forwardKind);
      weightGradients = new WeightBlocks(plainWeights, kind.diff_weights_desc());
      ofWeights =
          new Call(new convolution_backward_weights(kind))
              .array(DNNL_ARG_SRC, images.described())
              .array(DNNL_ARG_DIFF_DST, output.described())
              .memory(DNNL_ARG_DIFF_WEIGHTS, weightGradients.blocks())
              .array(DNNL_ARG_DIFF_BIAS, bias);
    }

    void weights(
        INDArray input, INDArray gradient, INDArray weightGradient, INDArray biasGradient) {
      ofWeights
          .bind(DNNL_ARG_SRC, input)
          .bind(DNNL_ARG_DIFF_DST, gradient)
          .bind(DNNL_ARG_DIFF_BIAS, biasGradient)
          .run();
      weightGradients.into(weightGradient);
    }

    void input(INDArray gradient, INDArray weights, INDArray inputGradient) {
      if (ofInput == null) {
        prepareInput();
      }
      inputWeights.from(weights);
      ofInput.bind(DNNL_ARG_DIFF_DST, gradient).bind(DNNL_ARG_DIFF_SRC, inputGradient).run();
    }

    // The first layer of a network never needs it.
    private void prepareInput() {
      convolution_backward_data.primitive_desc kind =
          new convolution_backward_data.primitive_desc(
              new convolution_backward_data.desc(
                  DIRECT,
                  images.described(),
                  anyOrder(),
                  output.described(),
                  window.strides(),
                  window.before(images),
                  window.after(images)),
              OneDnn.cpu(),
              forwardKind);
      inputWeights = new WeightBlocks(plainWeights, kind.weights_desc());
      ofInput =
          new Call(new convolution_backward_data(kind))
              .array(DNNL_ARG_DIFF_DST, output.described())
              .memory(DNNL_ARG_WEIGHTS, inputWeights.blocks())
              .array(DNNL_ARG_DIFF_SRC, images.described());
    }
  }
}
