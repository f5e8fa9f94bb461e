/** From a recipe's architecture to a DL4J network with weights; nothing else knows layers. */
package ser.model.network;
