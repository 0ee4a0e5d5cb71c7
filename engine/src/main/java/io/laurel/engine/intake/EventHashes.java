package io.laurel.engine.intake;

/**
 * The hashes by which an event, its round and its player are found, and that of its content: what
 * follows from its bytes and the seed of the state alone. {@link EventHasher} fills it in.
 */
public class EventHashes {
    /** Stands for: nothing was computed. */
    public static final EventHashes UNKNOWN = new EventHashes();

    long idLow;
    long idHigh;
    long contentLow;
    long contentHigh;
    long roundLow;
    long roundHigh;
    int playerHash;
    private long seed;
    private boolean known;
    private long messageHash;
    private boolean hasMessageHash;

    /** Forgets them, where the next event has none. */
    public final void forget() {
        known = false;
    }

    /** Returns whether they were computed, and under this seed. */
    public final boolean areUnder(long ofState) {
        return known && seed == ofState;
    }

    final void setSeed(long ofState) {
        seed = ofState;
        known = true;
        hasMessageHash = false;
    }

    /** Adds the hash by which a session knows the event, where it came in one. */
    public final void setMessageHash(long hash) {
        messageHash = hash;
        hasMessageHash = true;
    }

    /** Returns whether that was computed, too. */
    public final boolean hasMessageHash() {
        return hasMessageHash;
    }

    /** Returns the hash by which a session knows the event. */
    public final long messageHash() {
        return messageHash;
    }

    final void take(EventHashes from) {
        idLow = from.idLow;
        idHigh = from.idHigh;
        contentLow = from.contentLow;
        contentHigh = from.contentHigh;
        roundLow = from.roundLow;
        roundHigh = from.roundHigh;
        playerHash = from.playerHash;
        seed = from.seed;
        known = from.known;
        messageHash = from.messageHash;
        hasMessageHash = from.hasMessageHash;
    }
}
