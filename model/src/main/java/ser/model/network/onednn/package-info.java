/**
 * DL4J layers that call oneDNN's primitives on ND4J's own buffers, and fall back to DL4J where
 * oneDNN is missing. NHWC throughout, any number of channels.
 */
package ser.model.network.onednn;
