/** JMH benchmarks of single stages, in microseconds per second of audio. */
package ser.bench.stage;
