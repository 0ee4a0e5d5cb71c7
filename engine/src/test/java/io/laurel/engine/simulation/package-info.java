/**
 * Seeded lives of a node: the real engine behind the real stages over a journal in memory, with
 * faults of the disk and power cuts at any step, clients that come back, and a judge beside it.
 * One thread; a life is a pure function of its seed.
 */
package io.laurel.engine.simulation;
