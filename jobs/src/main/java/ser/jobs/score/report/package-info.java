/** {@code OUTPUT/report.html} of a run that scores, and the same figures for its record. */
package ser.jobs.score.report;
