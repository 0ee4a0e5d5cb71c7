/**
 * The engine alone, on one thread: commands are made into slots like those of the ring, a few
 * thousand at a time, and then applied in batches as the pipeline applies them. Only the second
 * half is measured.
 */
package io.laurel.perf.apply;
