/**
 * JSON at the edge: events in, answers out. Streaming only, nothing is bound by reflection; money
 * and multipliers are read from their text and never pass through a double. The objects here are
 * for one thread each.
 */
package io.laurel.gateway.json;
