/**
 * Archives of calls whose emotions are known, and how much of their speech a model labels right.
 */
package ser.bench.calls;
