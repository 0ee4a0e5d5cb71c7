/**
 * The paged off-heap memory of the engine: one region of bytes, allocation in it, and the few
 * structures that everything else is built from. It knows bytes, not contests.
 *
 * <p>Thread: the engine's own; nothing here is safe for a second one. Invariants: all state lies
 * inside the region, an object on the heap holds only constant places of headers, so the used
 * prefix of the region is the whole state; places are either 0 (nothing) or the begin of a
 * record; a record that was just allocated reads as zero; the same operations in the same order
 * leave the same bytes; no hot method allocates on the heap. Numbers are little endian. The one
 * thing that leaves the thread is a finished {@link io.laurel.engine.memory.PageImage}.
 */
package io.laurel.engine.memory;
