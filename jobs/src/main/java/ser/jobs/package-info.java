/** The command line, and how a job starts, fails and ends. */
package ser.jobs;
