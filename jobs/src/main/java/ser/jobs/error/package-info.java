/** Mistakes that the user can mend, told from faults of our own. */
package ser.jobs.error;
