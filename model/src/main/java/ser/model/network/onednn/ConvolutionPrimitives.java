package ser.model.network.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.network.onednn.ScratchMemory.Scratch;

/**
 * Convolution of images of one shape, forward and backward. Weights lie as [out][in][rows][columns]
 * outside, images as NHWC; each primitive has them in the order that it likes best.
 */
final class ConvolutionPrimitives {
  private final ConvolutionKinds kinds;
  private final OrderedArray images;
  private final OrderedArray result;
  private final OrderedArray weights;
  private final OrderedArray biases;
  private final ScratchMemory room;
  private final Call forward;
  private Backward backward;

  ConvolutionPrimitives(ConvolutionKinds kinds) {
    this.kinds = kinds;
    convolution_forward.primitive_desc kind = kinds.forward();
    images = OrderedArray.of(kinds.images().described(), kind.src_desc());
    result = OrderedArray.of(kinds.output().described(), kind.dst_desc());
    weights = OrderedArray.of(kinds.plainWeights(), kind.weights_desc());
    biases = OrderedArray.aligned(kinds.bias());
    room = new ScratchMemory(kind.scratchpad_desc());
    forward =
        new Call(new convolution_forward(kind))
            .memory(DNNL_ARG_SRC, images.memory())
            .memory(DNNL_ARG_WEIGHTS, weights.memory())
            .memory(DNNL_ARG_BIAS, biases.memory())
            .memory(DNNL_ARG_DST, result.memory())
            .memory(DNNL_ARG_SCRATCHPAD, room.memory());
  }

  ImageShape images() {
    return kinds.images();
  }

  ImageShape output() {
    return kinds.output();
  }

  void forward(
      INDArray input,
      INDArray weightValues,
      INDArray biasValues,
      INDArray output,
      Scratch scratch) {
    images.from(input, scratch);
    weights.from(weightValues, scratch);
    biases.from(biasValues, scratch);
    result.into(output, scratch);
    room.placeIn(scratch);
    forward.run();
    result.written();
  }

  /** Gradients of weights and biases from that of the result before ReLU. */
  void backwardWeights(
      INDArray input,
      INDArray gradient,
      INDArray weightGradient,
      INDArray biasGradient,
      Scratch scratch) {
    backward().weights(input, gradient, weightGradient, biasGradient, scratch);
  }

  /** Gradient of the input. Right after {@link #backwardWeights}: it is made of the same one. */
  void backwardInput(INDArray weightValues, INDArray inputGradient, Scratch scratch) {
    backward().input(weightValues, inputGradient, scratch);
  }

  private Backward backward() {
    if (backward == null) {
      backward = new Backward();
    }
    return backward;
  }

  /** Made at the first step of training: scoring needs none of it. */
  private final class Backward {
    private final Call ofWeights;
    private final OrderedArray input;
    private final OrderedArray gradient;
    private final OrderedArray weightGradients;
    private final OrderedArray biasGradients;
    private final ScratchMemory roomForWeights;
    private OrderedArray inputWeights;
    private OrderedArray inputGradients;
    private ScratchMemory roomForInput;
    private Call ofInput;

    Backward() {
      convolution_backward_weights.primitive_desc kind = kinds.backwardWeights();
      input = OrderedArray.of(kinds.images().described(), kind.src_desc());
      gradient = OrderedArray.of(kinds.output().described(), kind.diff_dst_desc());
      weightGradients = OrderedArray.of(kinds.plainWeights(), kind.diff_weights_desc());
      biasGradients = OrderedArray.aligned(kinds.bias());
      roomForWeights = new ScratchMemory(kind.scratchpad_desc());
      ofWeights =
          new Call(new convolution_backward_weights(kind))
              .memory(DNNL_ARG_SRC, input.memory())
              .memory(DNNL_ARG_DIFF_DST, gradient.memory())
              .memory(DNNL_ARG_DIFF_WEIGHTS, weightGradients.memory())
              .memory(DNNL_ARG_DIFF_BIAS, biasGradients.memory())
              .memory(DNNL_ARG_SCRATCHPAD, roomForWeights.memory());
    }

    void weights(
        INDArray given,
        INDArray givenGradient,
        INDArray weightGradient,
        INDArray biasGradient,
        Scratch scratch) {
      input.from(given, scratch);
      gradient.from(givenGradient, scratch);
      weightGradients.into(weightGradient, scratch);
      biasGradients.into(biasGradient, scratch);
      roomForWeights.placeIn(scratch);
      ofWeights.run();
      weightGradients.written();
      biasGradients.written();
    }

    void input(INDArray weightValues, INDArray inputGradient, Scratch scratch) {
      if (ofInput == null) {
        prepareInput();
      }
      inputWeights.from(weightValues, scratch);
      inputGradients.into(inputGradient, scratch);
      roomForInput.placeIn(scratch);
      ofInput.run();
      inputGradients.written();
    }

    // The first layer of a network never needs it.
    private void prepareInput() {
      convolution_backward_data.primitive_desc kind = kinds.backwardInput();
      inputWeights = OrderedArray.of(kinds.plainWeights(), kind.weights_desc());
      inputGradients = OrderedArray.of(kinds.images().described(), kind.diff_src_desc());
      roomForInput = new ScratchMemory(kind.scratchpad_desc());
      ofInput =
          new Call(new convolution_backward_data(kind))
              .memory(DNNL_ARG_DIFF_DST, gradient.memory())
              .memory(DNNL_ARG_WEIGHTS, inputWeights.memory())
              .memory(DNNL_ARG_DIFF_SRC, inputGradients.memory())
              .memory(DNNL_ARG_SCRATCHPAD, roomForInput.memory());
    }
  }
}
