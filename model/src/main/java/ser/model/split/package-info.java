/** Which recordings a model is trained on, which stop the training, and which judge it. */
package ser.model.split;
