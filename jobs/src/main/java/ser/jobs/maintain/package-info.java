/** What keeps the tables of extract and score fit over years: forgetting recordings, few files. */
package ser.jobs.maintain;
