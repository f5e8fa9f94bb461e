/** From pairs of actual and predicted emotion to the numbers that a report shows. */
package ser.model.metrics;
