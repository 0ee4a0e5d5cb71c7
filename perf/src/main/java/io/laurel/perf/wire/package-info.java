/**
 * A sender in a process of its own: one SBE session over TCP, a thread that writes and one that
 * reads acknowledgements. At a fixed rate it is an open loop: every event has the time at which it
 * should leave, and every latency counts from there, whether the event could leave then or not.
 */
package io.laurel.perf.wire;
