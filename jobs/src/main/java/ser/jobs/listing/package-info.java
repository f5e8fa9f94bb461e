/** Which recordings there are, and how they are divided among tasks. */
package ser.jobs.listing;
