/** The one file that a trained model is: reading, writing, and refusing what is none. */
package ser.model.file;
