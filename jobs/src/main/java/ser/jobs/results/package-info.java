/** Pages about how well a network recognises emotions: views of report.json, which has it all. */
package ser.jobs.results;
