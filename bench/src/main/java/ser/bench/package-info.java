/** Programs that measure the project beside its peers; nothing here is part of the product. */
package ser.bench;
