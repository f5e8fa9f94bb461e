/** Charts and pictures with axes as inline SVG, coloured by the page's style sheet. */
package ser.report.chart;
