/** Scores recordings for many at once, within limits. Knows no HTTP. */
package ser.serve.engine;
