/**
 * Commands as bytes: writing them (for whoever publishes one) and dispatching them inside the
 * engine: template to typed call, one result each. A template that nobody knows is refused as
 * {@code unsupported}, never passed over.
 */
package io.laurel.engine.command;
