/** HTML and SVG that is well-formed, escaped and asks for nothing from outside, by construction. */
package ser.report.markup;
