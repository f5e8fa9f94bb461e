/** What every job works with and hands back. */
package ser.jobs.run;
