/** Matrices as PNG pictures, without AWT. */
package ser.report.image;
