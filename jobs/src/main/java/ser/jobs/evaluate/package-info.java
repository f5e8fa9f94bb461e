/** {@code ser evaluate}: how good a model is on a features table, and what a random split hides. */
package ser.jobs.evaluate;
