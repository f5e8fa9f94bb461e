/** One class per table: its schema, its rows and how it is written and read. */
package ser.jobs.tables;
