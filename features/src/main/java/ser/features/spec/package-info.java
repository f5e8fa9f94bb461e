/** What is asked for: the settings that the numbers are computed with, as records. */
package ser.features.spec;
