/** Where the labels of recordings come from: their names, or a table that names them. */
package ser.jobs.label;
