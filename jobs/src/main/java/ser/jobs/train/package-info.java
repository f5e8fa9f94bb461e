/** {@code ser train}: features to a model and its report. */
package ser.jobs.train;
