/** Spark settings that the jobs cannot do without, and how executors prepare for native code. */
package ser.jobs.spark;
