package ser.model.network.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How oneDNN computes a convolution of one shape: what it calls primitive descriptors.
 *
 * <p>Windows of 3 x 3 over many channels go by Winograd's method (Lavin and Gray, Fast Algorithms
 * for Convolutional Neural Networks, 2016), which needs a quarter of the products; it is there for
 * processors with AVX-512. Its images are in blocks of 16 channels. All others are computed as they
 * are written, in plain NHWC.
 */
final class ConvolutionKinds {
  private static final Logger LOG = LoggerFactory.getLogger(ConvolutionKinds.class);

  private static final int DIRECT = algorithm.convolution_direct.value;
  private static final int WINOGRAD = algorithm.convolution_winograd.value;

  /** A block of channels; fewer on either side would be filled up with zeros. */
  private static final int LEAST_CHANNELS = 16;

  private final ImageShape images;
  private final ImageShape output;
  private final SlidingWindow window;
  private final memory.desc plainWeights;
  private final memory.desc bias;
  private final int method;
  private final convolution_forward.primitive_desc forward;
  private final convolution_backward_weights.primitive_desc backwardWeights;
  private final convolution_backward_data.primitive_desc backwardInput;

  private ConvolutionKinds(
      ImageShape images, long filters, SlidingWindow window, boolean relu, int method) {
    this.images = images;
    this.output = window.over(images, filters);
    this.window = window;
    this.method = method;
    this.plainWeights = weights(memory.format_tag.oihw);
    this.bias = new memory.desc(new long[] {filters}, memory.data_type.f32, memory.format_tag.x);
    this.forward =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                prop_kind.forward_training.value,
                method,
                asked(images),
                weights(memory.format_tag.any),
                bias,
                asked(output),
                window.strides(),
                window.before(images),
                window.after(images)),
            attributes(relu),
            OneDnn.cpu());
    this.backwardWeights =
        new convolution_backward_weights.primitive_desc(
            new convolution_backward_weights.desc(
                method,
                asked(images),
                weights(memory.format_tag.any),
                bias,
                asked(output),
                window.strides(),
                window.before(images),
                window.after(images)),
            attributes(false),
            OneDnn.cpu(),
            forward);
    this.backwardInput =
        new convolution_backward_data.primitive_desc(
            new convolution_backward_data.desc(
                method,
                asked(images),
                weights(memory.format_tag.any),
                // Both gradients are made of one copy.
                backwardWeights.diff_dst_desc(),
                window.strides(),
                window.before(images),
                window.after(images)),
            attributes(false),
            OneDnn.cpu(),
            forward);
  }

  /**
   * @param relu true to put negative results to zero in the same pass
   */
  static ConvolutionKinds of(ImageShape images, long filters, SlidingWindow window, boolean relu) {
    if (window.isThreeByThree() && Math.min(images.channels(), filters) >= LEAST_CHANNELS) {
      try {
        return new ConvolutionKinds(images, filters, window, relu, WINOGRAD);
      } catch (RuntimeException e) {
        LOG.debug("oneDNN declines Winograd's method for {}, {} filters", images, filters, e);
      }
    }
    return new ConvolutionKinds(images, filters, window, relu, DIRECT);
  }

  ImageShape images() {
    return images;
  }

  ImageShape output() {
    return output;
  }

  /** How the weights of the network lie. */
  memory.desc plainWeights() {
    return plainWeights;
  }

  memory.desc bias() {
    return bias;
  }

  boolean winograd() {
    return method == WINOGRAD;
  }

  convolution_forward.primitive_desc forward() {
    return forward;
  }

  convolution_backward_weights.primitive_desc backwardWeights() {
    return backwardWeights;
  }

  convolution_backward_data.primitive_desc backwardInput() {
    return backwardInput;
  }

  private memory.desc weights(memory.format_tag order) {
    return new memory.desc(
        new long[] {
          output.channels(), images.channels(), window.kernelRows(), window.kernelColumns()
        },
        memory.data_type.f32,
        order);
  }

  private memory.desc asked(ImageShape shape) {
    return method == DIRECT ? shape.described() : shape.inAnyOrder();
  }

  private static primitive_attr attributes(boolean relu) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    if (relu) {
      post_ops afterwards = new post_ops();
      afterwards.append_eltwise(1, algorithm.eltwise_relu.value, 0, 0);
      attributes.set_post_ops(afterwards);
    }
    return attributes;
  }
}
