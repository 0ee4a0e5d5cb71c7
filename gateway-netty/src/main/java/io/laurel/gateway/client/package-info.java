/**
 * A provider's side of an SBE session, in Java: for {@code laurel send}, the demonstration, benches
 * and tests, and as an example of what a client has to do.
 *
 * <p>Any thread may offer events; one thread of the client's own does all input and output, and
 * calls the listener. Invariants: events leave in the order of their seqNos; an event stays in the
 * replay buffer until long after it is acknowledged; whatever happens to the connection, each event
 * is taken once.
 */
package io.laurel.gateway.client;
