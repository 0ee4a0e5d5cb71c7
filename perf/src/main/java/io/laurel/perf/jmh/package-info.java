/**
 * Microbenchmarks of the parts, for JMH: each gives the cost of one operation at sizes around those
 * of the caches. {@code -prof gc} shows what they allocate.
 */
package io.laurel.perf.jmh;
