/** {@code ser export}: a model file for programs that are not ours. */
package ser.jobs.export;
