package io.laurel.gateway.security;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All keys of a node. Without any, senders are not authenticated and share one source. */
public final class Keys {
    /** Source of all senders where a node has no keys. */
    public static final String LOCAL_SOURCE = "local";

    private final Map<String, Key> byId = new HashMap<>();
    private final Key stranger;

    /**
     * Takes the keys.
     *
     * @throws IllegalArgumentException where two have the same id
     */
    public Keys(Collection<Key> keys) {
        for (final Key key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("two keys have the id " + key.id());
            }
        }
        final byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        stranger = new Key("?", random, Set.of(), Set.of());
    }

    /** Returns no keys at all. */
    public static Keys none() {
        return new Keys(Set.of());
    }

    /** Returns whether there are no keys. */
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Returns a key, or null where there is none of that id. */
    public Key find(String id) {
        return byId.get(id);
    }

    /**
     * Returns a key, or one with a random secret and no rights: whoever checks a signature against
     * it does the same work as for a key that exists, and refuses.
     */
    public Key findOrStranger(String id) {
        final Key key = byId.get(id);
        return key == null ? stranger : key;
    }
}
