/** {@code ser corpus download}: recordings from their publishers, without Spark. */
package ser.jobs.corpus;
