/**
 * From features of any length to a network's fixed input; training clips and scoring windows take
 * the same way.
 */
package ser.model.input;
