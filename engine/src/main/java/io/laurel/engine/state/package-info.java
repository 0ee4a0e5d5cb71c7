/**
 * What every room of the engine stands on: the region of pages, its allocator, the hash with the
 * seed of this log, and the named slots from which everything else in the state is found.
 */
package io.laurel.engine.state;
