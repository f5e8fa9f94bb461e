/** What becomes of a network's probabilities before they are judged or written down. */
package ser.model.output;
