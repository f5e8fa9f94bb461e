/**
 * Whole runs through the launcher, with real processes: jobs, Spark clusters and an S3 endpoint.
 */
package ser.submit;
