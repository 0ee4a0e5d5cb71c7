/** The commands of {@code laurel bench}: options, what is printed, the JSON of the last line. */
package io.laurel.perf.cli;
