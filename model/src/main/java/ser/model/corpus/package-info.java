/** From a recording's name to its labels, by the convention of the corpus that it belongs to. */
package ser.model.corpus;
