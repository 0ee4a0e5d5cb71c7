package io.laurel.gateway.http;

import java.util.List;
import java.util.Set;

/**
 * Looks keys up for the verification of signed requests. The contents may change between two
 * calls; all calls come from the event loop.
 */
public interface RequestKeys {
    /** No keys: whoever comes from a loopback address may do everything, as {@code local}. */
    RequestKeys NONE = new RequestKeys() {
        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public Key find(String id) {
            return null;
        }

        @Override
        public List<String> senders() {
            return List.of();
        }
    };

    /** Returns whether no keys are configured. */
    boolean isEmpty();

    /** Returns the key of that id, or null. */
    Key find(String id);

    /** Returns the ids of the keys that may send; each is a source of events. */
    List<String> senders();

    /** What a key is good for. */
    enum Role {
        /** Sends events. */
        SEND,
        /** Operates the node and sees full player ids. */
        ADMIN
    }

    /**
     * A key.
     *
     * @param id names it, and the source of what it sends
     * @param secret key of the HMAC; not copied
     * @param roles what it may do
     * @param brands whose events it may send; empty = all
     */
    record Key(String id, byte[] secret, Set<Role> roles, Set<String> brands) {
        @Override
        public String toString() {
            return "Key[" + id + ", " + roles + ", " + brands + "]";
        }
    }
}
