/** How numbers are written for people. */
package ser.report.text;
