/** One signal-processing stage per class, from samples to the numbers that librosa gives. */
package ser.features.signal;
