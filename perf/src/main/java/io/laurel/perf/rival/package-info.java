/**
 * Redis doing the same work: one script per round, pipelined over one connection, by a process of
 * its own. The client is small and ours, so that it costs no more than the sender of our events.
 */
package io.laurel.perf.rival;
