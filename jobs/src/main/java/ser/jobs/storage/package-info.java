/** Files and objects: what is read, what is written, and when a run's output exists. */
package ser.jobs.storage;
