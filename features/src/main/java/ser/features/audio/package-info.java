/** From the bytes of a recording to samples, or to the reason why there are none. */
package ser.features.audio;
