package io.laurel.gateway.http;

import io.laurel.gateway.http.RequestKeys.Key;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name id of the key, or {@code local}; the source of events and the actor of commands
 * @param brands whose events may be sent; empty = all
 */
record Caller(String name, Set<String> brands) {
    /** Whoever comes without a key. */
    static final Caller LOCAL = new Caller("local", Set.of());

    static Caller of(Key key) {
        return new Caller(key.id(), key.brands());
    }
}
