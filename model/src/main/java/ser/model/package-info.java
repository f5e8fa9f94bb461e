/** What a model is made of besides its network: labels, splits, windows, normaliser, weights. */
package ser.model;
