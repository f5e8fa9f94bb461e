/** Clients of {@code ser serve}, well-behaved and hostile, and the server they are sent to. */
package ser.bench.load;
