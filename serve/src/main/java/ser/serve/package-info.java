/** One recording at a time, without Spark: {@code ser predict}. */
package ser.serve;
