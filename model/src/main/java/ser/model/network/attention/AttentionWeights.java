package ser.model.network.attention;

/**
 * What {@link AttentionPass} multiplies by.
 *
 * @param channels of each place
 * @param hidden units
 * @param weight [channels][hidden]; not copied, as the other two
 * @param bias [hidden]
 * @param score [hidden]
 */
@SuppressWarnings("ArrayRecordComponent")
record AttentionWeights(int channels, int hidden, float[] weight, float[] bias, float[] score) {}
