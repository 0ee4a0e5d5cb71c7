package io.laurel.gateway.security;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A key that senders or operators sign with. Its id is the source of their events.
 */
public final class Key {
    /** Right to send events. */
    public static final String SEND = "send";
    /** Most bytes of an id, as the wire has room for. */
    public static final int MAX_ID_BYTES = 32;

    private final String id;
    private final byte[] secret;
    private final Set<String> roles;
    private final Set<String> brands;

    /**
     * A key.
     *
     * @param id 1 to 32 bytes of UTF-8
     * @param secret at least one byte; copied
     * @param roles what it may do
     * @param brands for which brands it may send; empty = for all
     */
    public Key(String id, byte[] secret, Set<String> roles, Set<String> brands) {
        final int idBytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (idBytes == 0 || idBytes > MAX_ID_BYTES) {
            throw new IllegalArgumentException("the id of a key has 1 to 32 bytes: " + id);
        }
        if (secret.length == 0) {
            throw new IllegalArgumentException("key " + id + " has no secret");
        }
        this.id = id;
        this.secret = secret.clone();
        this.roles = Set.copyOf(roles);
        this.brands = Set.copyOf(brands);
    }

    /** Returns its id. */
    public String id() {
        return id;
    }

    /** Returns the secret itself, not a copy: for signing only, never to be changed or shown. */
    public byte[] secret() {
        return secret;
    }

    /** Returns whether it has a right. */
    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Returns what it may do. */
    public Set<String> roles() {
        return roles;
    }

    /** Returns for which brands it may send; empty = for all. */
    public Set<String> brands() {
        return brands;
    }

    @Override
    public String toString() {
        return "Key[" + id + ", secret=***, roles=" + roles + ", brands=" + brands + "]";
    }
}
