/** Whether what a model scores is like what it was trained on. */
package ser.model.drift;
