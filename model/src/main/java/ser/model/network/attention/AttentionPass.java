package ser.model.network.attention;

/**
 * One example on its way through {@link AttentivePooling} and back.
 *
 * <p>With x_p the channels of place p and a_p its weight: mean m = sum a_p x_p, deviation s =
 * sqrt(sum a_p (x_p - m)^2 + {@link AttentivePooling#LEAST_VARIANCE}), each per channel.
 */
final class AttentionPass {
  private final AttentionWeights weights;
  private final float[] images;
  private final int start;
  private final int places;

  /** tanh, [places][hidden]. */
  private final float[] activated;

  /** Weight of each place; they sum to 1. */
  private final float[] attention;

  private final float[] mean;
  private final float[] deviation;

  private AttentionPass(AttentionWeights weights, float[] images, int start, int places) {
    this.weights = weights;
    this.images = images;
    this.start = start;
    this.places = places;
    this.activated = new float[places * weights.hidden()];
    this.attention = new float[places];
    this.mean = new float[weights.channels()];
    this.deviation = new float[weights.channels()];
  }

  /**
   * @param images values of the whole batch, NHWC; not copied
   * @param start of this example
   * @param places of this example
   */
  static AttentionPass forward(AttentionWeights weights, float[] images, int start, int places) {
    AttentionPass pass = new AttentionPass(weights, images, start, places);
    pass.attend();
    pass.pool();
    return pass;
  }

  /** Means, then deviations. */
  void writeTo(float[] pooled, int from) {
    System.arraycopy(mean, 0, pooled, from, mean.length);
    System.arraycopy(deviation, 0, pooled, from + mean.length, deviation.length);
  }

  /**
   * @param pooledGradient of the batch's results
   * @param from where this example's begin: those of the means, then those of the deviations
   * @param inputGradient of the batch's images; this example's part is written
   * @param sums this example's part is added to
   */
  void backward(float[] pooledGradient, int from, float[] inputGradient, AttentionGradient sums) {
    int channels = weights.channels();
    float[] byAttention = new float[places];
    // (x - m) has the weighted mean 0: what m does to the variance cancels out.
    float[] byVariance = new float[channels];
    for (int c = 0; c < channels; c++) {
      byVariance[c] = pooledGradient[from + channels + c] / (2 * deviation[c]);
    }
    for (int p = 0; p < places; p++) {
      int at = start + p * channels;
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        float off = images[at + c] - mean[c];
        float byMean = pooledGradient[from + c];
        sum += byMean * images[at + c] + byVariance[c] * off * off;
        inputGradient[at + c] = attention[p] * (byMean + 2 * byVariance[c] * off);
      }
      byAttention[p] = sum;
    }
    backwardThroughAttention(byAttention, inputGradient, sums);
  }

  private void attend() {
    int hidden = weights.hidden();
    float largest = Float.NEGATIVE_INFINITY;
    for (int p = 0; p < places; p++) {
      attention[p] = score(p, p * hidden);
      largest = Math.max(largest, attention[p]);
    }
    double sum = 0;
    for (int p = 0; p < places; p++) {
      attention[p] = (float) Math.exp(attention[p] - largest);
      sum += attention[p];
    }
    for (int p = 0; p < places; p++) {
      attention[p] /= (float) sum;
    }
  }

  private float score(int place, int to) {
    int hidden = weights.hidden();
    float[] weight = weights.weight();
    System.arraycopy(weights.bias(), 0, activated, to, hidden);
    for (int c = 0; c < weights.channels(); c++) {
      float value = images[start + place * weights.channels() + c];
      int row = c * hidden;
      for (int h = 0; h < hidden; h++) {
        activated[to + h] += value * weight[row + h];
      }
    }
    float score = 0;
    for (int h = 0; h < hidden; h++) {
      activated[to + h] = (float) Math.tanh(activated[to + h]);
      score += activated[to + h] * weights.score()[h];
    }
    return score;
  }

  private void pool() {
    int channels = weights.channels();
    for (int p = 0; p < places; p++) {
      int at = start + p * channels;
      for (int c = 0; c < channels; c++) {
        mean[c] += attention[p] * images[at + c];
      }
    }
    for (int p = 0; p < places; p++) {
      int at = start + p * channels;
      for (int c = 0; c < channels; c++) {
        float off = images[at + c] - mean[c];
        deviation[c] += attention[p] * off * off;
      }
    }
    for (int c = 0; c < channels; c++) {
      deviation[c] = (float) Math.sqrt(deviation[c] + AttentivePooling.LEAST_VARIANCE);
    }
  }

  private void backwardThroughAttention(
      float[] byAttention, float[] inputGradient, AttentionGradient sums) {
    int channels = weights.channels();
    int hidden = weights.hidden();
    float expected = 0;
    for (int p = 0; p < places; p++) {
      expected += attention[p] * byAttention[p];
    }
    float[] byHidden = new float[hidden];
    for (int p = 0; p < places; p++) {
      float byScore = attention[p] * (byAttention[p] - expected);
      for (int h = 0; h < hidden; h++) {
        float tanh = activated[p * hidden + h];
        sums.score()[h] += byScore * tanh;
        byHidden[h] = byScore * weights.score()[h] * (1 - tanh * tanh);
        sums.bias()[h] += byHidden[h];
      }
      int at = start + p * channels;
      for (int c = 0; c < channels; c++) {
        float value = images[at + c];
        float sum = 0;
        int row = c * hidden;
        for (int h = 0; h < hidden; h++) {
          sums.weight()[row + h] += value * byHidden[h];
          sum += weights.weight()[row + h] * byHidden[h];
        }
        inputGradient[at + c] += sum;
      }
    }
  }
}
