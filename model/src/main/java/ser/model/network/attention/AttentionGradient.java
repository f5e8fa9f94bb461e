package ser.model.network.attention;

/**
 * The loss's gradient by each weight, summed over examples.
 *
 * @param weight [channels][hidden]; written to by {@link AttentionPass}, as the other two
 * @param bias [hidden]
 * @param score [hidden]
 */
@SuppressWarnings("ArrayRecordComponent")
record AttentionGradient(float[] weight, float[] bias, float[] score) {
  AttentionGradient(AttentionWeights weights) {
    this(
        new float[weights.weight().length],
        new float[weights.hidden()],
        new float[weights.hidden()]);
  }
}
