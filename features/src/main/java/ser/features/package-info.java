/** From a clip of audio to matrices of features, as librosa defines them. */
package ser.features;
