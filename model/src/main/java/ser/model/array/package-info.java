/** Numbers on their way between the Java heap and ND4J's memory. */
package ser.model.array;
