/** Variants of a clip for training: noise, other pitch, other speed, a telephone line. */
package ser.features.augment;
