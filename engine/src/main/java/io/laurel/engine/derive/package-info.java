/**
 * What is derived from the log beside a running engine: the explanation of a score (semantics
 * 11.3), and entries without rounds that were rolled back (semantics 6.5). Both listen to an engine
 * that applies the same log once more ({@link io.laurel.engine.port.RoundTrail}). Thread: that of
 * the second engine; nothing here touches the first.
 */
package io.laurel.engine.derive;
