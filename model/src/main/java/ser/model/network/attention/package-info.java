/** Pooling over time by attention, as a layer of DL4J. */
package ser.model.network.attention;
