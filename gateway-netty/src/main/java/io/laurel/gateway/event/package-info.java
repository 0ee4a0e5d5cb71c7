/**
 * One game event on its way in: as plain fields ({@link io.laurel.gateway.event.EventDraft}), from
 * wire bytes, checked against the limits, and as canonical bytes for the log. JSON and SBE meet in
 * the draft, so both obey the same rules and the same content gives the same bytes.
 *
 * <p>Nothing here is safe for several threads, and nothing allocates per event. Invariant: what
 * {@link io.laurel.gateway.event.EventEncoder} writes from a draft that {@link
 * io.laurel.gateway.event.EventValidator} passed decodes to the same draft again.
 */
package io.laurel.gateway.event;
