/** Arrays of floats to Parquet, a whole array at a time. */
package ser.jobs.tables.parquet;
