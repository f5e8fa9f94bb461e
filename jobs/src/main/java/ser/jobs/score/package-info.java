/** {@code ser score}: recordings and a model to emotions over time. */
package ser.jobs.score;
