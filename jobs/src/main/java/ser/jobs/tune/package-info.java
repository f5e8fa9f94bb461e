/**
 * {@code ser tune}: a recipe's ranges to the configuration that does best on validation speakers.
 */
package ser.jobs.tune;
