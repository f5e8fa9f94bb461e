/** Processes that a benchmark starts. */
package ser.bench.process;
