/** From HOCON files and flags to records that cannot be wrong. */
package ser.jobs.config;
