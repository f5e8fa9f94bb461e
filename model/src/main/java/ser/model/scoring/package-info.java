/**
 * From a recording to the windows that a model scores: the same for a job and for one recording.
 */
package ser.model.scoring;
