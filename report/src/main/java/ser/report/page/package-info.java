/** The report's page and the parts that it is composed of. */
package ser.report.page;
