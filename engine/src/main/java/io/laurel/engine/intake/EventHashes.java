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
    }
}
