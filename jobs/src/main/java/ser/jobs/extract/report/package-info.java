/** The page that {@code ser extract} writes about its tables. */
package ser.jobs.extract.report;
