/** {@code ser extract}: recordings to features. */
package ser.jobs.extract;
