/** Results as tables in Markdown and as plots in SVG, the same from the same figures. */
package io.laurel.perf.report;
