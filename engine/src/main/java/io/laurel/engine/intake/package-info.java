/**
 * From an event to a closed round (semantics 2 and 3): what was seen before, rounds assembled from
 * their parts, senders with their counters, sessions with their positions. Memory is exact: what is
 * remembered is decided by {@code ts >= time - H} at the moment of the question, however long the
 * bytes stay; dropping them is a matter of slices.
 */
package io.laurel.engine.intake;
