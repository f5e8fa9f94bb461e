/** What the first run needs without any data of one's own: a corpus of synthetic voices. */
package ser.jobs.quickstart;
